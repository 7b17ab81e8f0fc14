import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { admin, guardian, type Identity, type Received, student, teacher } from '../../../tests/support/call.ts';
import { cardsOf, close, head, mother, publish, reopen, type World, world } from '../../../tests/support/published.ts';
import { ask, asked } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';

let here: World;
let [first, second] = [0, 0];

const bytesOf = ({ text, base64 }: Received): Buffer => Buffer.from(text, base64 ? 'base64' : 'latin1');

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const card = (id: number, as: Identity = mother, query = '') =>
  ask(`GET /grades/${id}/report-card.pdf${query}`, undefined, as);

const codeOf = async (answer: Promise<Received>) => {
  const { status, body } = await answer;
  return body ? `${status} ${body.code}` : String(status);
};

/** How many pages a document has. */
const pagesOf = (answer: Received): number =>
  bytesOf(answer)
    .toString('latin1')
    .match(/\/Type \/Page\b/g)?.length ?? 0;

beforeAll(async () => {
  await createContext('grades');
  here = await world(3);
  [first = 0, second = 0] = here.ids;
});

describe('a report card as PDF', () => {
  test('is nobody’s before it is published, whatever is known of the student', async () => {
    for (const as of [admin, head, mother]) expect(await codeOf(card(first, as))).toBe('404 report_card_not_found');
    for (const as of [student('stranger'), guardian('stranger')])
      expect(await codeOf(card(first, as))).toBe('404 student_not_found');
    const all = ask(`GET ${here.path}/report-cards.pdf?term=${here.first}`, undefined, head);
    expect(await codeOf(all)).toBe('404 report_card_not_found');
  });

  test('is made of the version that stands, the same bytes for everybody, and the card names them', async () => {
    await close(here.first);
    await publish(here, here.first);
    const answers = [await card(first), await card(first, admin), await card(first, head)];
    for (const { status, headers } of answers)
      expect([status, headers['Content-Type'], headers['Cache-Control']]).toEqual([200, 'application/pdf', 'no-store']);
    const digests = answers.map((one) => sha256(bytesOf(one)));
    const [view] = await cardsOf(first);
    expect(digests).toEqual([view.pdf_sha256, view.pdf_sha256, view.pdf_sha256]);
    const digest = Buffer.from(view.pdf_sha256, 'hex').toString('base64');
    expect(answers[0]?.headers['Repr-Digest']).toBe(`sha-256=:${digest}:`);
    expect(view).not.toHaveProperty('pdf_sha256_en');
  });

  test('is kept in either language, asked for or preferred', async () => {
    const english = await card(first, mother, '?lang=en');
    expect(english.headers['Content-Disposition']).toMatch(
      /^inline; filename="Report card [^"]+S1\.pdf"; filename\*=UTF-8''/,
    );
    const [view] = await cardsOf(first);
    expect(sha256(bytesOf(english))).toBe(view.pdf_sha256_en);
    expect(view.pdf_sha256_en).not.toBe(view.pdf_sha256);
    expect(await codeOf(card(first, mother, '?lang=de'))).toBe('400 invalid_input');
  });

  test('of two who ask at once is one', async () => {
    const answers = await Promise.all([card(second), card(second, admin), card(second, head)]);
    expect(new Set(answers.map((one) => sha256(bytesOf(one)))).size).toBe(1);
    const [view] = await cardsOf(second);
    expect(sha256(bytesOf(await card(second)))).toBe(view.pdf_sha256);
  });

  test('of a corrected card is another, and the one before stays what it was', async () => {
    const before = sha256(bytesOf(await card(first)));
    await reopen(here.first);
    await asked(`PUT /grades/${first}/${here.assessment}`, { score: 19 });
    await close(here.first);
    await publish(here, here.first, 'Erreur de report');
    const now = sha256(bytesOf(await card(first)));
    expect(now).not.toBe(before);
    expect(sha256(bytesOf(await card(first, mother, `?term=${here.first}&version=1`)))).toBe(before);
    expect(sha256(bytesOf(await card(first, mother, '?version=2')))).toBe(now);
    expect(await codeOf(card(first, mother, '?version=3'))).toBe('404 report_card_not_found');
    expect(await codeOf(card(first, mother, `?term=${here.second}`))).toBe('404 report_card_not_found');
  });

  test('is not for teachers who head another class', async () => {
    expect(await codeOf(card(first, teacher))).toBe('404 report_card_not_found');
    expect(await codeOf(card(first, { username: 'nobody', role: 'teacher' }))).toBe('404 student_not_found');
  });
});

describe('the report cards of a class in one PDF', () => {
  const all = (as: Identity, query = `?term=${here.first}`) =>
    ask(`GET ${here.path}/report-cards.pdf${query}`, undefined, as);

  test('hold a card of each member, for an admin and their head teacher', async () => {
    const answer = await all(head);
    expect([answer.status, pagesOf(answer)]).toEqual([200, 3]);
    expect(bytesOf(await all(admin)).equals(bytesOf(answer))).toBe(true);
  });

  test('are nobody else’s', async () => {
    expect(await codeOf(all(teacher))).toBe('404 not_head_teacher');
    expect(await codeOf(all({ username: 'nobody', role: 'teacher' }))).toBe('404 class_not_found');
    expect(await codeOf(all(mother))).toBe('403 forbidden');
    expect(await codeOf(all(admin, '?term=default'))).toBe('404 term_not_found');
    expect(await codeOf(all(admin, ''))).toBe('400 invalid_input');
  });
});

describe('documents of the staff', () => {
  test('the report of a class is for whoever teaches it', async () => {
    const report = (as: Identity, path = here.path) => ask(`GET ${path}/report.pdf?term=${here.first}`, undefined, as);
    for (const as of [admin, head, teacher]) expect((await report(as)).status).toBe(200);
    expect(await codeOf(report({ username: 'nobody', role: 'teacher' }))).toBe('404 class_not_found');
    expect(await codeOf(report(admin, '/classes/nowhere'))).toBe('404 class_not_found');
    expect(await codeOf(report(mother))).toBe('403 forbidden');
    // To each their own subjects: the head teacher's tells of more.
    const [whole, part] = [await report(head), await report({ username: 'colette', role: 'teacher' })];
    expect(bytesOf(whole).length).toBeGreaterThan(bytesOf(part).length);
  });

  test('of a divided term it has no subjects, and is made', async () => {
    expect((await ask(`GET ${here.path}/report.pdf?term=${here.year}`)).status).toBe(200);
  });

  test('the ten best are those of a class, or of all', async () => {
    const best = (query: string, as: Identity = admin) => ask(`GET /rankings/top10.pdf${query}`, undefined, as);
    for (const query of [
      `?term=${here.first}`,
      `?class_name=${encodeURIComponent(here.name)}&term=${here.year}&lang=en`,
    ])
      expect(pagesOf(await best(query))).toBe(1);
    expect(await codeOf(best(`?term=${here.year}`))).toBe('409 term_is_divided');
    expect(await codeOf(best('?class_name=nowhere'))).toBe('404 class_not_found');
    expect(await codeOf(best('', mother))).toBe('403 forbidden');
  });
});

import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '../../project/until.ts';
import { call, logIn, pathOf } from '../support/http.ts';
import { hiddenFields, overHttp, type PageAnswer, Visitor } from '../support/visitor.ts';

const CLASS = 'Terminale L2';
const classPath = `/portal/classes/${encodeURIComponent(CLASS)}`;

let teacher: Visitor;
beforeAll(async () => {
  teacher = new Visitor(overHttp, { language: 'fr' });
  await teacher.signIn('prof', 'prof');
});

/** The path of the grid of an assessment that was made by its page. */
async function made(title: string): Promise<string> {
  const shown = await teacher.get(`${classPath}/assessments/new`);
  const typed = { title, subject: 'Français', out_of: '20', coefficient: '1', counts: 'always' };
  const answer = await teacher.submit(shown, `${classPath}/assessments/new`, typed);
  expect(answer.status).toBe(303);
  return pathOf(answer.headers.location ?? '');
}

/** The number of a student in a grid. */
const idOf = ({ text }: PageAnswer, name: string): string =>
  new RegExp(`name="score-(\\d+)"[^>]*aria-label="${name},`).exec(text)?.[1] ?? '';

test('an assessment is made with what was typed, filled as one form, and deleted with its marks', async () => {
  const path = await made('Dictée');
  const grid = await teacher.get(path);
  expect(grid.text).toContain('Dictée');
  const id = idOf(grid, 'Awa Gueye');
  const stored = await teacher.submit(grid, path, { [`score-${id}`]: '15,5' });
  expect(stored.text).toContain('1 ligne(s) enregistrée(s)');
  const again = await teacher.get(path);
  expect(again.text).toContain('value="15,5"');
  const question = await teacher.get(`${path}/delete`);
  expect(question.text).toContain('La note d’un élève sera supprimée');
  const gone = await teacher.submit(question, `${path}/delete`);
  expect((await teacher.follow(gone)).text).toContain('Évaluation supprimée');
  expect((await teacher.get(path)).status).toBe(404);
});

test('what is wrong with an assessment stands beside its field, and what was typed stays', async () => {
  const shown = await teacher.get(`${classPath}/assessments/new`);
  const typed = { title: 'Trop', subject: 'Français', out_of: 'vingt', coefficient: '-1', counts: 'always' };
  const refused = await teacher.submit(shown, `${classPath}/assessments/new`, typed);
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('id="out_of-error"');
  expect(refused.text).toContain('id="coefficient-error"');
  expect(refused.text).toContain('value="vingt"');
});

test('marks that are sent when the session has ended come back after signing in, and are stored then', async () => {
  const path = await made('Session finie');
  const grid = await teacher.get(path);
  const id = idOf(grid, 'Awa Gueye');
  const late = new Visitor(overHttp, { language: 'fr' });
  const asked = await late.submit(grid, path, { [`score-${id}`]: '9' });
  expect(asked.status).toBe(401);
  const back = await late.submit(asked, '/', { username: 'prof', password: 'prof' });
  const shown = await late.submit(back, path);
  expect(shown.text).toMatch(new RegExp(`name="score-${id}" value="9"`));
  expect((await teacher.get(path)).text).not.toContain('value="9"');
  await late.submit(shown, path, { [`score-${id}`]: '9' });
  expect((await teacher.get(path)).text).toContain('value="9"');
});

test('a class whose name has a slash in it has its pages like any other, up to its published cards', async () => {
  const token = await logIn('admin', 'admin');
  const class_name = `4e/B ${randomUUID().slice(0, 6)}`;
  const body = { name: 'Anta Ndao', email: `${randomUUID()}@example.org`, class_name };
  const { id } = (await call('POST', '/register', { token, body })).body;
  expect((await call('POST', `/notify_grades/${id}`, { token })).status).toBeLessThan(300);
  const programme = { subjects: [{ name: 'Maths', teachers: ['prof'] }], head_teacher: 'prof' };
  expect((await call('PUT', `/classes/${encodeURIComponent(class_name)}`, { token, body: programme })).status).toBe(
    200,
  );
  const path = `/portal/classes/${encodeURIComponent(class_name)}`;
  await until(async () => (await teacher.get(path)).text.includes('Anta Ndao'));
  for (const rest of ['', '/assessments', '/remarks', '/council', '/report-cards']) {
    const { status, text } = await teacher.get(path + rest);
    expect([rest, status]).toEqual([rest, 200]);
    expect(text).toContain(`<h1>${class_name}</h1>`);
    expect(text).toContain(`${path}/assessments"`);
  }
  await published(class_name, path, id, token);
});

/** The rest of a term of a class: a mark, a sheet, closing, the rehearsal, publishing; all by its pages. */
async function published(class_name: string, path: string, id: number, token: string): Promise<void> {
  const body = { class_name, subject: 'Maths', title: 'Composition' };
  const made = await call('POST', '/assessments', { token, body });
  const grid = `${path}/assessments/${made.body.id}`;
  await teacher.submit(await teacher.get(grid), grid, { [`score-${id}`]: '14' });
  const office = new Visitor(overHttp, { language: 'fr' });
  await office.signIn('admin', 'admin');
  const at = (rest: string) => `${path}${rest}?term=${made.body.term}`;
  const council = await teacher.get(at('/council'));
  const said = await teacher.submit(council, at('/council'), { [`remark-${id}`]: 'Bon travail.', [`late-${id}`]: '2' });
  expect(said.text).toContain('1 ligne(s) enregistrée(s)');
  expect((await teacher.get(at('/report-cards'))).text).toContain('L’administration la clôt');
  expect((await teacher.get(at('/report-cards/close'))).text).toContain('Clore la période');
  expect((await teacher.submit(await teacher.get(at('/report-cards/close')), at('/report-cards/close'))).status).toBe(
    403,
  );
  const closed = await office.submit(await office.get(at('/report-cards/close')), at('/report-cards/close'));
  expect((await office.follow(closed)).text).toContain('Période close pour cette classe');
  const rehearsed = await teacher.get(at('/report-cards'));
  expect(rehearsed.text).toContain('appréciation (Maths)');
  const done = await teacher.submit(await teacher.get(at('/report-cards/publish')), at('/report-cards/publish'));
  const after = await teacher.follow(done);
  expect(after.text).toContain('Bulletins publiés');
  expect(after.text).toContain('Tous les bulletins sont publiés et à jour');
  const card = await teacher.get(`/portal/report-cards/${id}/1?term=${made.body.term}`);
  for (const printed of ['Anta Ndao', '14,00', 'Bon travail.']) expect(card.text).toContain(printed);
  expect((await teacher.get(grid)).text).toContain('La période est close pour cette classe');
}

test('the council and the cards are the head teacher’s; a student is shown neither', async () => {
  const student = new Visitor(overHttp);
  await student.signIn('victor', '1234');
  for (const rest of ['/council', '/report-cards', '/assessments', '/remarks'])
    expect([rest, (await student.get(classPath + rest)).status]).toEqual([rest, 403]);
  expect((await teacher.get(`${classPath}/council`)).text).toContain('Conseil de classe');
});

test('a student reads a card and signs it, once; somebody else does not find it', async () => {
  const student = new Visitor(overHttp, { language: 'fr' });
  await student.signIn('victor', '1234');
  const list = await student.get('/portal/report-cards');
  const [, address = ''] = /href="([^"]*\/portal\/report-cards\/1\/1\?term=[\w-]+)"/.exec(list.text) ?? [];
  const paths = [...list.text.matchAll(/href="([^"]*\/portal\/report-cards\/[^"]+)"/g)].map(([, path = '']) => path);
  expect(paths).toContain(address);
  const newest = paths[0] ?? '';
  const card = await student.get(newest);
  expect(card.text).toContain('Victor Lefèvre');
  const signed = await student.follow(await student.submit(card, newest));
  expect(signed.text).toContain('Lecture confirmée');
  expect(signed.text).toContain('Vous avez confirmé la lecture le');
  const other = new Visitor(overHttp);
  await other.signIn('kilian', 'abcd');
  expect((await other.get(newest)).status).toBe(404);
});

describe('how much a page weighs', () => {
  const packed = (text: string): number => gzipSync(text).length;

  test.each(['/assessments', '/remarks', '/council', '/report-cards', 'the grid'])(
    '%s: 14 KB at most for the first view, 8 KB of script',
    async (rest) => {
      const path = rest === 'the grid' ? await made('Pesée') : classPath + rest;
      const shown = await teacher.get(path);
      const files = new Set(
        [...shown.text.matchAll(/(?:href|src)="([^"]*\/portal\/assets\/[^"]+)"/g)].map(([, file = '']) => file),
      );
      const loaded = await Promise.all([...files].map((file) => overHttp({ method: 'GET', path: file, headers: {} })));
      const scripts = loaded.filter(({ headers }) => headers['content-type']?.startsWith('text/javascript'));
      expect(scripts.length).toBe(['/assessments', '/report-cards'].includes(rest) ? 1 : 2);
      expect(scripts.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(8 * 1024);
      expect([shown, ...loaded].reduce((sum, { text }) => sum + packed(text), 0)).toBeLessThanOrEqual(14 * 1024);
    },
  );

  test('only a page with a script of its own may ask anything, and this origin alone', async () => {
    const grid = (await teacher.get(`${classPath}/council`)).headers['content-security-policy'];
    expect(grid).toContain("connect-src 'self'");
    const plain = (await teacher.get(`${classPath}/assessments`)).headers['content-security-policy'];
    expect(plain).not.toContain('connect-src');
  });
});

test('a form of another account’s tab is refused, and nothing is stored', async () => {
  const path = await made('Autre compte');
  const grid = await teacher.get(path);
  const other = new Visitor(overHttp, { language: 'fr' });
  await other.signIn('admin', 'admin');
  const id = idOf(grid, 'Awa Gueye');
  const refused = await other.post(path, { ...hiddenFields(grid.text, path), [`score-${id}`]: '3' });
  expect(refused.status).toBe(403);
  expect((await teacher.get(path)).text).not.toContain('value="3"');
});

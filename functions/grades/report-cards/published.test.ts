import { beforeAll, describe, expect, test } from '@jest/globals';
import { guardian, type Identity, student, teacher } from '../../../tests/support/call.ts';
import {
  cardsOf,
  close,
  head,
  mother,
  PROGRAMME,
  publish,
  reopen,
  results,
  world,
} from '../../../tests/support/published.ts';
import { ask, asked, assess, enter, tell, tellGone } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';

beforeAll(async () => {
  await createContext('grades');
});

describe('a published card', () => {
  test('is told on the live page of its term, with whether both still say the same', async () => {
    const here = await world(5);
    const [a = 0, b = 0] = here.ids;
    const page = (id: number, as: Identity) => asked(`GET /grades/${id}?term=${here.first}`, undefined, as);
    expect(await page(a, mother)).not.toHaveProperty('card');
    await close(here.first);
    await publish(here, here.first);
    expect((await page(a, mother)).card).toEqual({ version: 1, differs: false });
    await reopen(here.first);
    expect((await page(a, mother)).card).toEqual({ version: 1, differs: false });
    await asked(`PUT /grades/${b}/${here.assessment}`, { score: 20 });
    for (const as of [mother, head]) expect((await page(a, as)).card).toEqual({ version: 1, differs: true });
  });

  test('tells families nothing of remarks that are not published, nor of results that are not released', async () => {
    const here = await world(5);
    const [a = 0] = here.ids;
    await close(here.first);
    await publish(here, here.first);
    const page = (as: Identity) => asked(`GET /grades/${a}?term=${here.first}`, undefined, as);
    const [list, live] = [await cardsOf(a), await page(mother)];
    await asked(`PUT ${here.path}/sheets?term=${here.first}`, [{ student_id: a, remark: 'Secret.' }], head);
    await reopen(here.first);
    await enter(await assess(here.name, { term: here.first, release_at: '2099-01-01T00:00:00Z' }), { [a]: 1 });
    expect(await cardsOf(a)).toEqual(list);
    expect({ ...(await page(mother)), term: live.term }).toEqual(live);
    expect((await page(head)).card.differs).toBe(true);
    expect((await cardsOf(a, head))[0].differs).toBe(true);
  });

  test('hides on the family’s page what it does not show itself', async () => {
    const shy = { ...PROGRAMME, show: { rank: false, class_mean: false } };
    const here = await world(5, shy);
    const [id = 0] = here.ids;
    await close(here.first);
    await publish(here, here.first);
    const [card] = await cardsOf(id);
    for (const hidden of ['rank', 'ranked', 'size']) expect(card.content).not.toHaveProperty(hidden);
    expect(card.content.class).not.toHaveProperty('mean');
    await reopen(here.first);
    await asked(`PUT ${here.path}?year=${here.year}`, PROGRAMME);
    const page = await asked(`GET /grades/${id}?term=${here.first}`, undefined, mother);
    for (const hidden of ['rank', 'ranked', 'size']) expect(page).not.toHaveProperty(hidden);
    expect(page.class).not.toHaveProperty('mean');
    expect(page.card.differs).toBe(true);
    await close(here.first);
    await publish(here, here.first, 'Le rang est montré');
    expect((await asked(`GET /grades/${id}?term=${here.first}`, undefined, mother)).rank).toBe(5);
    expect((await cardsOf(id))[0].content.rank).toBe(5);
  });

  test('is confirmed once by each account that may read it; the staff sees by whom, a parent not by the other', async () => {
    const here = await world(1);
    const [id = 0] = here.ids;
    await tell(id, 2, { class_name: here.name, username: 'eleve', guardians: ['mother', 'father'] });
    await close(here.first);
    const path = `/grades/${id}/report-cards/1/read`;
    expect((await ask(`POST ${path}`, undefined, mother)).body.code).toBe('report_card_not_found');
    await publish(here, here.first);
    const first = await asked(`POST ${path}?term=${here.first}`, undefined, mother);
    expect(await asked(`POST ${path}`, undefined, mother)).toEqual(first);
    await asked(`POST ${path}`, undefined, student('eleve'));
    expect((await ask(`POST ${path}`, undefined, student('autre'))).body.code).toBe('student_not_found');
    expect((await ask(`POST ${path}`)).body.code).toBe('student_not_found');
    expect((await cardsOf(id))[0].read_at).toBe(first.read_at);
    const [seen] = await cardsOf(id, guardian('father'));
    expect(seen).not.toHaveProperty('read_at');
    expect(seen).not.toHaveProperty('reads');
    const [staff] = await cardsOf(id, head);
    expect(staff).toMatchObject({
      published_by: 'principal',
      reads: [{ username: 'mother', at: first.read_at }, { username: 'eleve' }],
    });
  });

  test('is read by administrators, family and who heads the class, then or now, and by nobody else', async () => {
    const here = await world(1);
    const [id = 0] = here.ids;
    await close(here.first);
    await publish(here, here.first);
    const other = await world(1, { ...PROGRAMME, head_teacher: 'next' });
    await tell(id, 2, { class_name: other.name, guardians: ['mother'] });
    const count = async (as: Identity) => (await ask(`GET /grades/${id}/report-cards`, undefined, as)).body.length;
    for (const as of [mother, head, { username: 'admin', role: 'admin' } as Identity]) expect(await count(as)).toBe(1);
    expect((await ask(`GET /grades/${id}/report-cards`, undefined, student('autre'))).status).toBe(404);
    expect(await count({ username: 'next', role: 'teacher' })).toBe(1);
    expect(await count(teacher)).toBe(0);
    const stranger: Identity = { username: 'inconnu', role: 'teacher' };
    expect((await ask(`GET /grades/${id}/report-cards`, undefined, stranger)).body.code).toBe('student_not_found');
  });

  test('belongs to the class where its student was at the end of the term', async () => {
    const here = await world(2);
    const [mover = 0] = here.ids;
    await close(here.first);
    await tell(mover, 2, { class_name: 'Ailleurs encore', guardians: ['mother'] });
    expect(results(await publish(here, here.first))).toHaveProperty(String(mover), 'new');
    expect((await cardsOf(mover))[0]).toMatchObject({ differs: false, content: { class_name: here.name, size: 2 } });
  });

  test('is out of reach with its student who was deleted, and there again when they are restored', async () => {
    const here = await world(2);
    const [id = 0, other = 0] = here.ids;
    await close(here.first);
    await publish(here, here.first);
    await tellGone(id, 5);
    expect((await ask(`GET /grades/${id}/report-cards`)).body.code).toBe('student_not_found');
    expect(results(await asked(`POST ${here.path}/report-cards?dry_run=true`, { term: here.first }))).toEqual({
      [other]: 'replaces',
    });
    await tell(id, 6, { class_name: here.name, guardians: ['mother'] });
    expect(await cardsOf(id)).toMatchObject([{ version: 1, differs: false }]);
  });
});

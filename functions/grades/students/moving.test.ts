import { beforeAll, describe, expect, test } from '@jest/globals';
import { student, teacher } from '../../../tests/support/call.ts';
import { ask, asked, assess, classOf, enter, newStudents, tell, tellGone } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';

beforeAll(async () => {
  await createContext('grades');
});

const report = (id: number, query = '') => asked(`GET /grades/${id}${query}`);

const membersOf = async (name: string): Promise<number[]> =>
  (await asked(`GET /classes/${name}`)).members.map(({ id }: { id: number }) => id);

describe('a student who changes class', () => {
  test('takes along every mark and result, with what it weighs', async () => {
    const [id = 0, ...others] = await classOf(3, 'CM1');
    await classOf(2, 'CM2');
    const heavy = await assess('CM1', { subject: 'Calcul', coefficient: 3, out_of: 10 });
    await enter(heavy, { [id]: 9, [others[0] ?? 0]: 4 });
    await asked(`POST /add_grade/${id}`, { grade: 10, subject: 'Calcul' }, teacher);
    const before = await report(id);
    expect(before.general).toBe(16);
    await tell(id, 2, { class_name: 'CM2' });
    const after = await report(id);
    expect(after).toMatchObject({ class_name: 'CM2', general: 16, size: 3, rank: 1 });
    expect(after.results).toEqual(before.results);
    expect(await membersOf('CM1')).toEqual(others);
    expect((await asked('GET /classes/CM1/stats')).count).toBe(1);
  });

  test('finds the assessments of their class again on coming back, and another one’s in between', async () => {
    const [id = 0] = await classOf(2, 'CE1');
    await classOf(1, 'CE2');
    const [one, two] = [await assess('CE1'), await assess('CE2')];
    await enter(one, { [id]: 12 });
    await tell(id, 2, { class_name: 'CE2' });
    await enter(two, { [id]: 16 });
    expect((await report(id)).general).toBe(14);
    await tell(id, 3, { class_name: 'CE1' });
    expect((await report(id)).general).toBe(14);
    expect((await enter(one, { [id]: 10 })).body).toMatchObject([{ result: 'stored' }]);
    expect((await report(id)).general).toBe(13);
  });

  test('is reached by what becomes of an assessment in the class that they left', async () => {
    const [id = 0] = await classOf(2, 'CP A');
    await classOf(1, 'CP B');
    await asked(`POST /add_grade/${id}`, { grade: 20 }, teacher);
    const assessment = await assess('CP A');
    await enter(assessment, { [id]: 10 });
    await tell(id, 2, { class_name: 'CP B' });
    await asked(`PATCH /assessments/${assessment}`, { coefficient: 4 });
    expect((await report(id)).general).toBe(12);
    await asked(`PUT /grades/${id}/${assessment}`, { score: 15 });
    expect((await report(id)).general).toBe(16);
    expect((await enter(assessment, { [id]: 3 })).body).toMatchObject([
      { result: 'refused', code: 'student_not_in_class' },
    ]);
    await asked(`DELETE /assessments/${assessment}?with_results=true`);
    expect((await report(id)).general).toBe(20);
  });

  test('takes along a row as long as a term may make it, there and back', async () => {
    const [id = 0] = await classOf(1, 'Large');
    await classOf(1, 'Étroite');
    for (let i = 0; i < 60; i += 1) await asked(`POST /add_grade/${id}`, { grade: 12, subject: `Matière ${i}` });
    for (let i = 0; i < 140; i += 1) await enter(await assess('Large', { subject: 'Matière 0' }), { [id]: i % 20 });
    const before = await report(id);
    for (const [version, class_name] of [
      [2, 'Étroite'],
      [3, 'Large'],
    ] as const)
      await tell(id, version, { class_name });
    expect(await report(id)).toEqual(before);
  });

  test('keeps what they brought under its subject, above no smaller maximum, and released when that is said', async () => {
    const term = (await asked('POST /terms', { name: 'Apporté', starts_on: '2021-09-01', ends_on: '2021-12-31' })).id;
    const [id = 0] = await classOf(1, 'Origine');
    const assessment = await assess('Origine', { term, subject: 'Éducation civique' });
    await enter(assessment, { [id]: 18 });
    await tell(id, 2, { class_name: 'Destination' });
    const [subject] = (await asked(`GET /grades/${id}?term=${term}`)).subjects;
    expect(subject).toMatchObject({ name: 'Éducation civique', figure: 18 });
    expect((await ask(`PATCH /assessments/${assessment}`, { out_of: 10 })).body.code).toBe('score_above');
    await asked(`PATCH /terms/${term}`, { open: false });
    await asked(`PATCH /assessments/${assessment}`, { release_at: '2099-01-01T00:00:00Z' });
    expect((await ask(`PATCH /assessments/${assessment}`, { coefficient: 2 })).body.code).toBe('term_closed');
  });

  test('stays where they were in the terms that are closed', async () => {
    const [id = 0] = await classOf(2, 'Seconde');
    await classOf(1, 'Première');
    const { id: term } = await asked('POST /terms', { name: 'T1', starts_on: '2020-01-01', ends_on: '2020-03-31' });
    await enter(await assess('Seconde', { term }), { [id]: 14 });
    await asked(`PATCH /terms/${term}`, { open: false });
    const { id: next } = await asked('POST /terms', { name: 'T2', starts_on: '2020-04-01', ends_on: '2099-06-30' });
    await tell(id, 2, { class_name: 'Première' });
    expect(await report(id, `?term=${term}`)).toMatchObject({ general: 14, size: 2, rank: 1 });
    expect((await asked(`GET /classes/Seconde/stats?term=${term}`)).size).toBe(2);
    expect((await report(id, `?term=${next}`)).size).toBe(2);
  });
});

describe('a student who is deleted', () => {
  test('leaves the figures of their class, and stands in them again once restored', async () => {
    const [id = 0, other = 0] = await classOf(2, 'Troisième', { username: 'gone' });
    const assessment = await assess('Troisième', { term: 'default' });
    await enter(assessment, { [id]: 18, [other]: 10 });
    const before = await asked('GET /classes/troisieme/stats?term=default');
    expect(before).toMatchObject({ size: 2, count: 2, mean: 14 });
    await tellGone(id, 2);
    expect(await asked('GET /classes/troisieme/stats?term=default')).toMatchObject({ size: 1, count: 1, mean: 10 });
    expect((await ask(`GET /grades/${id}`, undefined, student('gone'))).status).toBe(404);
    await tell(id, 3, { class_name: 'Troisième' });
    expect(await asked('GET /classes/troisieme/stats?term=default')).toEqual(before);
  });
});

describe('a student who is restored', () => {
  test('sits again in the terms that closed before, also where they had no mark', async () => {
    const term = (await asked('POST /terms', { name: 'Clos', starts_on: '2020-09-01', ends_on: '2020-12-31' })).id;
    const [id = 0, other = 0] = await classOf(2, 'Restaurée');
    await enter(await assess('Restaurée', { term }), { [other]: 12 });
    await asked(`PATCH /terms/${term}`, { open: false });
    const before = await asked(`GET /classes/restauree/stats?term=${term}`);
    await tellGone(id, 2);
    expect((await asked(`GET /classes/restauree/stats?term=${term}`)).size).toBe(1);
    await tell(id, 3, { class_name: 'Restaurée' });
    expect(await asked(`GET /classes/restauree/stats?term=${term}`)).toEqual(before);
  });

  test('finds no result again whose assessment was deleted meanwhile', async () => {
    const term = (await asked('POST /terms', { name: 'Ouvert', starts_on: '2020-09-01', ends_on: '2020-12-31' })).id;
    const [id = 0] = await classOf(1, 'Effacée');
    const [gone, kept] = [await assess('Effacée', { term }), await assess('Effacée', { term })];
    for (const [one, score] of [
      [gone, 2],
      [kept, 12],
    ] as const)
      await enter(one, { [id]: score });
    await tellGone(id, 2);
    await ask(`DELETE /assessments/${gone}?with_results=true`);
    await tell(id, 3, { class_name: 'Effacée' });
    expect((await report(id, `?term=${term}`)).general).toBe(12);
  });
});

test('ten students who change class at once while marks come in lose none of them', async () => {
  const ids = await classOf(10, 'Groupe 1');
  await classOf(1, 'Groupe 2');
  await asked('PATCH /terms/default', { open: true, reason: 'Reprise' });
  await Promise.all([
    ...ids.map((id) => tell(id, 2, { class_name: 'Groupe 2' })),
    ...ids.flatMap((id) => [11, 12, 13].map((grade) => asked(`POST /add_grade/${id}`, { grade }, teacher))),
  ]);
  const reports = await Promise.all(ids.map((id) => report(id)));
  expect(reports.map(({ general }) => general)).toEqual(ids.map(() => 12));
  expect((await membersOf('Groupe%202')).toSorted()).toEqual(expect.arrayContaining(ids));
});

test('a name and its new spelling are one student in the lists of the class', async () => {
  const [id = 0] = newStudents(1);
  await tell(id, 1, { name: 'Awa Diop', class_name: 'Cinquième' });
  await tell(id, 2, { name: 'Awa Ndiaye', class_name: 'Cinquième' });
  expect((await asked('GET /classes/cinquieme')).members).toEqual([{ id, name: 'Awa Ndiaye' }]);
});

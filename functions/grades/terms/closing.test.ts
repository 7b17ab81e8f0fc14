import { beforeAll, describe, expect, test } from '@jest/globals';
import { guardian, student, teacher } from '../../../tests/support/call.ts';
import { ask, asked, assess, classOf, enter, newStudents, tell, tellGone } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { forgetPlace } from '../marks/remembered.ts';

beforeAll(async () => {
  await createContext('grades');
});

const newTerm = async (name: string, more: Readonly<Record<string, unknown>> = {}): Promise<string> =>
  (await asked('POST /terms', { name, starts_on: '2026-09-01', ends_on: '2099-07-31', ...more })).id;

describe('a school that has set up no term', () => {
  test('has one open year that takes marks at once', async () => {
    expect(await asked('GET /terms', undefined, student())).toEqual([
      { id: 'default', name: 'Année en cours', weight: 1, state: 'open', open: true },
    ]);
    const [id = 0] = newStudents(1);
    await tell(id, 1);
    expect((await ask(`POST /add_grade/${id}`, { grade: 12 }, teacher)).body.message).toBe('Note ajoutée');
  });

  test('is refused marks once that year is closed, until it is opened with a reason', async () => {
    const [id = 0] = newStudents(1);
    await tell(id, 1);
    await asked(`POST /add_grade/${id}`, { grade: 12 });
    expect(await asked('PATCH /terms/default', { open: false })).toMatchObject({ state: 'closed', open: false });
    expect((await ask(`POST /add_grade/${id}`, { grade: 13 })).body.code).toBe('no_open_term');
    expect((await ask('PATCH /terms/default', { open: true })).body.errors).toMatchObject([
      { pointer: '#/reason', code: 'required' },
    ]);
    const opened = await asked('PATCH /terms/default', { open: true, reason: 'Une note oubliée' });
    expect(opened.history.map(({ open, by, reason }: Record<string, unknown>) => [open, by, reason])).toEqual([
      [false, 'admin', undefined],
      [true, 'admin', 'Une note oubliée'],
    ]);
    await asked(`POST /add_grade/${id}`, { grade: 13 });
    expect((await asked(`GET /get_grades/${id}`)).grades).toEqual([12, 13]);
  });
});

describe('terms', () => {
  test('form a tree whose leaves alone take marks', async () => {
    const year = await newTerm('2026');
    const half = await newTerm('Semestre', { parent: year, ends_on: '2099-01-31' });
    await classOf(1, 'Arbre');
    expect((await ask('POST /assessments', { class_name: 'Arbre', title: 'X', term: year })).body.code).toBe(
      'term_is_divided',
    );
    await assess('Arbre', { term: half });
    const divided = { name: 'Q', starts_on: '2026-10-01', ends_on: '2026-11-01', parent: half };
    expect((await ask('POST /terms', divided)).body.code).toBe('term_has_marks');
    expect((await ask('POST /terms', { ...divided, parent: year, starts_on: '2020-01-01' })).body.errors).toMatchObject(
      [{ pointer: '#/starts_on', code: 'outside_parent' }],
    );
    const nobody = '00000000-0000-7000-8000-000000000000';
    expect((await ask('POST /terms', { ...divided, parent: nobody })).body.code).toBe('term_not_found');
  });

  test('are for an administrator to create and close', async () => {
    const term = { name: 'X', starts_on: '2026-01-01', ends_on: '2026-02-01' };
    for (const as of [teacher, student(), guardian('mother')]) {
      expect((await ask('POST /terms', term, as)).status).toBe(403);
      expect((await ask('PATCH /terms/default', { open: false }, as)).status).toBe(403);
    }
  });
});

describe('a term that is closed', () => {
  test('changes in nothing but when its results are released', async () => {
    const term = await newTerm('Trimestre 1');
    const [id = 0] = await classOf(2, 'Close');
    const assessment = await assess('Close', { term });
    await enter(assessment, { [id]: 12 });
    await asked(`PATCH /terms/${term}`, { open: false });
    const before = await asked(`GET /classes/Close/stats?term=${term}`);
    const refused = [
      await enter(assessment, { [id]: 20 }),
      await ask(`PATCH /assessments/${assessment}`, { coefficient: 5 }),
      await ask(`DELETE /assessments/${assessment}?with_results=true`),
      await ask(`PUT /grades/${id}/${assessment}`, { score: 20 }),
      await ask('POST /assessments', { class_name: 'Close', title: 'Late', term }),
    ];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(refused.map(() => [409, 'term_closed']));
    await asked('PUT /classes/Close', { subjects: [{ name: 'Only this', coefficient: 9 }] });
    await tell(id, 2, { class_name: 'Elsewhere' });
    expect(await asked(`GET /classes/Close/stats?term=${term}`)).toEqual(before);
    const released = await asked(`PATCH /assessments/${assessment}`, { release_at: '2099-01-01T00:00:00Z' });
    expect(released.release_at).toBe('2099-01-01T00:00:00.000Z');
  });

  test('for one class stays open for the others', async () => {
    const term = await newTerm('Trimestre 2');
    const [[a = 0], [b = 0]] = await Promise.all([classOf(1, 'Finie'), classOf(1, 'En cours')]);
    const [one, two] = [await assess('Finie', { term }), await assess('En cours', { term })];
    expect(await asked(`PATCH /terms/${term}`, { open: false, class_names: ['finie'] })).toMatchObject({
      state: 'open',
    });
    expect((await enter(one, { [a]: 10 })).body.code).toBe('term_closed');
    expect((await enter(two, { [b]: 10 })).body).toMatchObject([{ result: 'stored' }]);
    await asked(`PATCH /terms/${term}`, { open: true, class_names: ['Finie'], reason: 'Oubli' });
    expect((await enter(one, { [a]: 10 })).body).toMatchObject([{ result: 'stored' }]);
    for (const body of [{ open: false }, { open: true, reason: 'Oubli' }])
      expect((await ask(`PATCH /terms/${term}`, { ...body, class_names: ['Finie', 'Nulle part'] })).body.code).toBe(
        'class_not_found',
      );
    expect((await enter(one, { [a]: 11 })).body).toMatchObject([{ result: 'stored' }]);
  });

  test('for several classes at once keeps in its history who closed which', async () => {
    const term = await newTerm('Trimestre 3');
    const names = ['Une', 'Deux', 'Trois', 'Quatre'];
    for (const name of names) await classOf(1, name);
    await Promise.all(names.map((name) => asked(`PATCH /terms/${term}`, { open: false, class_names: [name] })));
    const { history } = (await asked('GET /terms')).find(({ id }: { id: string }) => id === term);
    expect(history.flatMap(({ class_names }: { class_names: string[] }) => class_names).toSorted()).toEqual(
      names.toSorted(),
    );
  });

  test('and is opened again takes marks of who was in the class then, and tells of the others', async () => {
    const term = await newTerm('Rouvert', { starts_on: '2026-09-02' });
    const [[id = 0], [other = 0]] = await Promise.all([classOf(2, 'Rouverte'), classOf(1, 'Autre')]);
    await enter(await assess('Rouverte', { term }), { [id]: 10 });
    await enter(await assess('Autre', { term }), { [other]: 10 });
    for (const { id: open, state } of await asked('GET /terms'))
      if (state === 'open') await asked(`PATCH /terms/${open}`, { open: false });
    await tell(id, 2, { class_name: 'Autre' });
    const [late = 0] = await classOf(1, 'Autre');
    await asked(`PATCH /terms/${term}`, { open: true, reason: 'Rattrapage' });
    for (const one of [id, late]) forgetPlace(one);
    expect((await ask(`POST /add_grade/${id}`, { grade: 14 })).status).toBe(200);
    expect((await asked(`GET /grades/${id}?term=${term}`)).general).toBe(12);
    expect((await ask(`POST /add_grade/${late}`, { grade: 14 })).body.code).toBe('not_in_class_then');
    expect((await ask(`PUT /grades/${late}`, { grades: [14] })).body.code).toBe('not_in_class_then');
  });

  test('and is over, though nobody closed it, takes no mark of who came to the school since', async () => {
    for (const { id, state } of await asked('GET /terms'))
      if (state === 'open') await asked(`PATCH /terms/${id}`, { open: false });
    const term = await newTerm('Oublié ouvert', { starts_on: '2020-09-01', ends_on: '2021-07-31' });
    const [then = 0, since = 0] = newStudents(2);
    await tell(then, 1, { class_name: 'Oubliée' });
    await tell(since, 1, { class_name: 'Oubliée', enrolments: [{ class_name: 'Oubliée', from: '2026-09-01' }] });
    expect((await ask(`POST /add_grade/${then}`, { grade: 14 })).status).toBe(200);
    expect((await ask(`POST /add_grade/${since}`, { grade: 14 })).body.code).toBe('not_in_class_then');
    expect((await ask(`PUT /grades/${since}`, { grades: [14] })).body.code).toBe('not_in_class_then');
    await asked(`PATCH /terms/${term}`, { open: false });
  });

  test('takes no mark that comes while it closes: what was stored was answered before', async () => {
    const term = await newTerm('Course');
    const ids = await classOf(8, 'Course');
    const assessment = await assess('Course', { term });
    const writers = ids.map(async (id) => {
      const stored: number[] = [];
      for (let score = 1; score <= 15; score += 1) {
        const { status, body } = await enter(assessment, { [id]: score });
        if (status !== 200) return { id, stored, refused: body.code };
        stored.push(score);
      }
      return { id, stored, refused: undefined };
    });
    const { state } = await asked(`PATCH /terms/${term}`, { open: false });
    expect(state).toBe('closed');
    const after = await figures(ids, term);
    const done = await Promise.all(writers);
    for (const { refused } of done) expect(['term_closed', undefined]).toContain(refused);
    expect(await figures(ids, term)).toEqual(after);
    for (const [i, { stored }] of done.entries()) expect(after[i] ?? undefined).toBe(stored.at(-1));
  });
});

const figures = (ids: readonly number[], term: string): Promise<(number | undefined)[]> =>
  Promise.all(ids.map(async (id) => (await asked(`GET /grades/${id}?term=${term}`)).general));

describe('two calendars side by side', () => {
  test('are told apart by which of them a class is taught in', async () => {
    const year = async (name: string): Promise<string> => {
      const id = await newTerm(name);
      await newTerm(`${name}, 1`, { parent: id });
      return id;
    };
    const [, lycee] = [await year('Collège'), await year('Lycée')];
    const [id = 0] = await classOf(1, 'Deux calendriers');
    await asked(`PUT /classes/deuxcalendriers?year=${lycee}`, { subjects: [{ name: 'Grec', teachers: ['prof'] }] });
    const stranger = { username: 'stranger', role: 'teacher' } as const;
    expect((await ask(`POST /add_grade/${id}`, { grade: 3, subject: 'Grec' }, stranger)).status).toBe(404);
    expect((await ask(`GET /get_grades/${id}`, undefined, stranger)).status).toBe(404);
    expect((await ask(`GET /grades/${id}`, undefined, stranger)).status).toBe(404);
    await asked(`POST /add_grade/${id}`, { grade: 13, subject: 'Grec' }, teacher);
    expect((await asked(`GET /grades/${id}`)).term.name).toBe('Lycée, 1');
    expect((await asked(`GET /get_grades/${id}`, undefined, teacher)).grades).toEqual([13]);
    const listed = await asked(`GET /classes?year=${lycee}`);
    expect(listed.map(({ class_name }: { class_name: string }) => class_name)).toEqual(['Deux calendriers']);
  });
});

test('a student who was in more closed terms than fit into one transaction is deleted from all of them', async () => {
  const [id = 0, other = 0] = await classOf(2, 'Longue scolarité');
  const closed: string[] = [];
  for (let year = 1990; year < 2014; year += 1) {
    const term = await newTerm(`${year}`, { starts_on: `${year}-01-01`, ends_on: `${year}-12-31` });
    await enter(await assess('Longue scolarité', { term }), { [id]: 12, [other]: 14 });
    await asked(`PATCH /terms/${term}`, { open: false });
    closed.push(term);
  }
  await tellGone(id, 2);
  for (const term of closed)
    expect(await asked(`GET /classes/longuescolarite/stats?term=${term}`)).toMatchObject({ size: 1, mean: 14 });
  expect((await ask(`GET /grades/${id}`)).status).toBe(404);
});

test('of a result that was changed very often the first and the latest versions are kept', async () => {
  const [id = 0] = newStudents(1);
  await tell(id, 1);
  const { id: mark } = await asked(`POST /add_grade/${id}`, { grade: 0 }, teacher);
  for (let n = 1; n <= 120; n += 1) await asked(`PATCH /grades/${id}/${mark}`, { score: n / 10 });
  const history: { score: number; version: number }[] = await asked(`GET /grades/${id}/${mark}/history`);
  expect(history).toHaveLength(101);
  expect([history[0], history.at(-1)]).toMatchObject([
    { score: 12, version: 121 },
    { score: 0, version: 1 },
  ]);
});

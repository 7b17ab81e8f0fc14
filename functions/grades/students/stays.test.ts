import { beforeAll, describe, expect, test } from '@jest/globals';
import { guardian, teacher } from '../../../tests/support/call.ts';
import { ask, asked, assess, classOf, enter, newStudents, stays, tell } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { forgetPlace } from '../marks/remembered.ts';
import { Calendar, type Term } from '../terms/term.ts';
import { placeIn } from './stays.ts';

let [year, first, second] = ['', '', ''];

beforeAll(async () => {
  await createContext('grades');
  const term = async (name: string, starts_on: string, ends_on: string, parent?: string): Promise<string> =>
    (await asked('POST /terms', { name, starts_on, ends_on, ...(parent && { parent }) })).id;
  year = await term('Année', '2020-09-01', '2099-07-31');
  first = await term('T1', '2020-09-01', '2020-12-20', year);
  second = await term('T2', '2021-01-04', '2099-07-31', year);
});

const report = (id: number, term: string, as?: Parameters<typeof ask>[2]) =>
  asked(`GET /grades/${id}?term=${term}`, undefined, as);

const stats = (class_name: string, term: string) => asked(`GET /classes/${class_name}/stats?term=${term}`);

const listed = async (class_name: string, term: string): Promise<number[]> =>
  (await asked(`GET /grades?class_name=${class_name}&term=${term}`)).map(
    (one: { student_id: number }) => one.student_id,
  );

const FROM = '2020-09-01';
const LEFT_A = (to: string) => ({ class_name: 'A', from: FROM, to });

/** A class with one result of each in a term. */
async function marked(class_name: string, term: string, scores: readonly number[]): Promise<[number[], string]> {
  const ids = await classOf(scores.length, class_name, stays({ class_name, from: FROM }));
  const assessment = await assess(class_name, { term });
  await enter(assessment, Object.fromEntries(ids.map((id, i) => [id, scores[i] ?? 0])));
  return [ids, assessment];
}

describe('a student who changes class in the second term', () => {
  test('stays in the old one for the first, which ended and is not closed', async () => {
    const [[id = 0, other = 0], assessment] = await marked('6eA', first, [16, 10]);
    const [[third = 0], elsewhere] = await marked('6eB', first, [12]);
    const before = await report(id, first);
    await tell(
      id,
      2,
      stays({ class_name: '6eA', from: FROM, to: '2021-01-10' }, { class_name: '6eB', from: '2021-01-11' }),
    );
    expect(await report(id, first)).toEqual(before);
    expect(before).toMatchObject({ class_name: '6eA', general: 16, rank: 1, size: 2 });
    expect(await listed('6eA', first)).toEqual([id, other]);
    expect(await listed('6eB', first)).toEqual([third]);
    expect((await enter(assessment, { [id]: 18 })).body).toMatchObject([{ result: 'stored' }]);
    expect((await enter(elsewhere, { [id]: 3 })).body).toMatchObject([{ code: 'student_not_in_class' }]);
    expect(await report(id, second)).toMatchObject({ class_name: '6eB', size: 2 });
    // By the second term, where they are now; the year is told of the class at its end.
    expect(await report(id, year)).toMatchObject({ class_name: '6eB', general: 18, rank: 1, size: 2 });
  });

  test('is of their old class in a book of the first that begins only afterwards', async () => {
    const ids = await classOf(2, '5eA', stays({ class_name: '5eA', from: FROM }));
    const [id = 0, other = 0] = ids;
    const [third = 0] = await classOf(1, '5eB', stays({ class_name: '5eB', from: FROM }));
    await tell(
      id,
      2,
      stays({ class_name: '5eA', from: FROM, to: '2021-01-10' }, { class_name: '5eB', from: '2021-01-11' }),
    );
    for (const when of ['before', 'after']) {
      expect([when, await listed('5eA', first), await listed('5eB', first)]).toEqual([when, ids, [third]]);
      if (when === 'before') await enter(await assess('5eA', { term: first }), { [id]: 14, [other]: 12 });
      if (when === 'before') await enter(await assess('5eB', { term: first }), { [third]: 9 });
    }
    expect(await report(id, first)).toMatchObject({ class_name: '5eA', general: 14, rank: 1, size: 2 });
  });

  test('moves in the first term as well once their stays say that they moved in it', async () => {
    const [[id = 0, other = 0]] = await marked('4eA', first, [16, 10]);
    const [[third = 0]] = await marked('4eB', first, [12]);
    await tell(
      id,
      2,
      stays({ class_name: '4eA', from: FROM, to: '2021-01-10' }, { class_name: '4eB', from: '2021-01-11' }),
    );
    await tell(
      id,
      3,
      stays({ class_name: '4eA', from: FROM, to: '2020-10-10' }, { class_name: '4eB', from: '2020-10-11' }),
    );
    expect([await listed('4eA', first), await listed('4eB', first)]).toEqual([[other], [id, third]]);
    expect(await report(id, first)).toMatchObject({ class_name: '4eB', general: 16, rank: 1, size: 2 });
  });

  test('joins only terms of the school years that they were there for', async () => {
    const last = (await asked('POST /terms', { name: '2018', starts_on: '2018-09-01', ends_on: '2019-07-31' })).id;
    const [old = 0] = await classOf(1, '3eA', stays({ class_name: '3eA', from: '2018-09-01' }));
    await enter(await assess('3eA', { term: last }), { [old]: 11 });
    const [late = 0] = await classOf(1, '3eA', stays({ class_name: '3eA', from: '2021-02-01' }));
    expect(await listed('3eA', last)).toEqual([old]);
    // Of the school year they are, though they came after its first term.
    expect(await listed('3eA', first)).toEqual([old, late]);
  });
});

describe('a student who leaves in the second term', () => {
  test('is out of its lists, ranks and means, and stays in those of the first', async () => {
    const [[id = 0, ...others]] = await marked('2ndeA', first, [18, 12, 9]);
    await enter(await assess('2ndeA', { term: second }), { [id]: 17, [others[0] ?? 0]: 10, [others[1] ?? 0]: 8 });
    const before = [await report(id, first), await stats('2ndeA', first), await report(others[0] ?? 0, first)];
    await tell(id, 2, stays({ class_name: '2ndeA', from: FROM, to: '2021-02-01' }));
    expect([await report(id, first), await stats('2ndeA', first), await report(others[0] ?? 0, first)]).toEqual(before);
    expect(await listed('2ndeA', second)).toEqual(others);
    expect(await stats('2ndeA', second)).toMatchObject({ size: 2, count: 2, mean: 9, max: 10 });
    expect((await asked('GET /classes/2ndeA')).members.map((one: { id: number }) => one.id)).toEqual(others);
    expect((await asked('GET /classes')).find((one: { class_name: string }) => one.class_name === '2ndeA').size).toBe(
      2,
    );
    const best = await asked(`GET /rankings/top10?class_name=2ndeA&term=${second}`);
    expect(best.map((one: { student_id: number }) => one.student_id)).toEqual(others);
    expect(
      (await asked(`GET /rankings/top10?term=${second}`)).some((one: { student_id: number }) => one.student_id === id),
    ).toBe(false);
    expect(await stats('2ndeA', year)).toMatchObject({ size: 2, count: 2 });
  });

  test('is still read, to their family too: what they got, what it comes to, and no rank', async () => {
    const [[id = 0, ...others]] = await marked('1ereA', first, [18, 12, 9, 8, 7, 6]);
    await enter(
      await assess('1ereA', { term: second }),
      Object.fromEntries([id, ...others].map((one, i) => [one, 17 - i])),
    );
    const told = { ...stays({ class_name: '1ereA', from: FROM, to: '2021-02-01' }), guardians: ['mother.1ere'] };
    await tell(id, 2, told);
    for (const as of [teacher, guardian('mother.1ere')]) {
      const page = await report(id, second, as);
      expect(page).toMatchObject({ class_name: '1ereA', general: 17, change: -1, results: [{ score: 17 }] });
      expect([page.subjects, page.class]).toMatchObject([[{ figure: 17 }], { max: 16 }]);
      expect([page.rank, page.size]).toEqual([undefined, undefined]);
      expect(await report(id, year, as)).toMatchObject({ general: 17.5, terms: [{ general: 18 }, { general: 17 }] });
      expect((await asked(`GET /grades/${id}`, undefined, as)).general).toBe(17);
      expect((await asked(`GET /get_grades/${id}`, undefined, as)).grades).toEqual([]);
    }
  });

  test('gets no further mark, and what they have may be corrected', async () => {
    const [[id = 0]] = await marked('TleA', second, [11]);
    const { id: mark } = await asked(`POST /add_grade/${id}`, { grade: 9 });
    const assessment = (await asked(`GET /assessments?class_name=TleA&term=${second}`))[0].id;
    const [never = 0] = await classOf(1, 'TleA', stays({ class_name: 'TleA', from: FROM }));
    for (const one of [id, never]) await tell(one, 2, stays({ class_name: 'TleA', from: FROM, to: '2021-02-01' }));
    const refused = [
      await ask(`POST /add_grade/${id}`, { grade: 20 }),
      await ask(`PUT /grades/${id}`, { grades: [20] }),
    ];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(refused.map(() => [409, 'student_left']));
    expect((await enter(assessment, { [id]: 20 })).body).toMatchObject([{ code: 'student_not_in_class' }]);
    expect((await ask(`PUT /grades/${never}/${assessment}`, { score: 20 })).status).toBe(404);
    await asked(`PUT /grades/${id}/${assessment}`, { score: 13 });
    await asked(`PATCH /grades/${id}/${mark}`, { score: 11 });
    expect((await report(id, second)).general).toBe(12);
    expect((await asked(`GET /get_grades/${id}`)).grades).toEqual([11]);
  });

  test('comes back with all that they had, into another class if they do', async () => {
    const [[id = 0, other = 0]] = await marked('CM1', second, [15, 9]);
    await classOf(1, 'CM2', stays({ class_name: 'CM2', from: FROM }));
    await asked(`POST /add_grade/${id}`, { grade: 13 });
    const gone = { class_name: 'CM1', from: FROM, to: '2021-02-01' };
    await tell(id, 2, stays(gone));
    await tell(id, 3, stays(gone, { class_name: 'CM2', from: '2021-03-01' }));
    expect(await report(id, second)).toMatchObject({ class_name: 'CM2', general: 14, rank: 1, size: 2 });
    forgetPlace(id);
    await asked(`POST /add_grade/${id}`, { grade: 8 });
    expect((await report(id, second)).general).toBe(12);
    expect(await listed('CM1', second)).toEqual([other]);
    await tell(id, 4, stays(gone, { class_name: 'CM1', from: '2021-03-01' }));
    expect(await report(id, second)).toMatchObject({ class_name: 'CM1', general: 12, rank: 1, size: 2 });
  });

  test('is of no book that begins afterwards', async () => {
    const [id = 0, other = 0] = await classOf(2, 'CE1', stays({ class_name: 'CE1', from: FROM }));
    await tell(id, 2, stays({ class_name: 'CE1', from: FROM, to: '2021-02-01' }));
    for (const term of [second, first]) await enter(await assess('CE1', { term }), { [other]: 12 });
    expect([await listed('CE1', second), await listed('CE1', first)]).toEqual([[other], [other, id]]);
  });
});

test('of an older sender, who tells no stays, every open term is that of the class that it names', async () => {
  const [id = 0, other = 0] = newStudents(2);
  for (const one of [id, other]) await tell(one, 1, { class_name: 'CE2' });
  await enter(await assess('CE2', { term: first }), { [id]: 14, [other]: 12 });
  await tell(id, 2, { class_name: 'CE3' });
  expect(await report(id, first)).toMatchObject({ class_name: 'CE3', general: 14, size: 1 });
});

test('a student moves through more open terms than one transaction holds', async () => {
  const terms: string[] = [];
  for (let year = 1990; year < 2012; year += 1)
    terms.push((await asked('POST /terms', { name: `${year}`, starts_on: `${year}-01-01`, ends_on: '2098-12-31' })).id);
  const [id = 0, other = 0] = await classOf(2, 'Beaucoup', stays({ class_name: 'Beaucoup', from: '1990-01-01' }));
  const [third = 0] = await classOf(1, 'Autant', stays({ class_name: 'Autant', from: '1990-01-01' }));
  for (const term of terms) {
    await enter(await assess('Beaucoup', { term }), { [id]: 16, [other]: 12 });
    await enter(await assess('Autant', { term }), { [third]: 10 });
  }
  const moved = stays(
    { ...LEFT_A('2021-01-01'), class_name: 'Beaucoup' },
    { class_name: 'Autant', from: '2021-01-02' },
  );
  await tell(id, 2, moved);
  for (const term of terms) {
    expect([await listed('Beaucoup', term), await listed('Autant', term)]).toEqual([[other], [id, third]]);
    expect(await report(id, term)).toMatchObject({ class_name: 'Autant', general: 16, size: 2 });
  }
});

test('the family of who left sees their last term, and nothing of who bears the class’s name next year', async () => {
  const other = (await asked('POST /terms', { name: 'Autre', starts_on: '2010-09-01', ends_on: '2011-07-31' })).id;
  const [id = 0, ...others] = await classOf(6, 'Cp', stays({ class_name: 'Cp', from: '2010-09-01' }));
  const scores = Object.fromEntries([id, ...others].map((one, i) => [one, [18, 12, 9, 8, 7, 6][i] ?? 0]));
  await enter(await assess('Cp', { term: other }), scores);
  await enter(await assess('Cp', { term: second }), Object.fromEntries(others.map((one) => [one, 10])));
  await tell(id, 2, { ...stays({ class_name: 'Cp', from: '2010-09-01', to: '2011-05-01' }), username: 'own.cp' });
  const own = { username: 'own.cp', role: 'student' } as const;
  const page = await asked(`GET /grades/${id}`, undefined, own);
  expect(page).toMatchObject({ term: { id: other }, general: 18, class: { mean: 8.4 } });
  const later = await report(id, second, own);
  expect([later.class, later.general, later.rank, later.results]).toEqual([undefined, undefined, undefined, []]);
  expect((await asked(`GET /grades/${others[0]}?term=${second}`)).class).toMatchObject({ mean: 10 });
});

describe('the place of a student in a term', () => {
  const term = { id: 'T', parent: 'Y', state: 'open', history: [] } as unknown as Term;
  const calendar = new Calendar([
    { ...term, id: 'Y', parent: undefined, ends_on: '2021-07-31' } as unknown as Term,
    term,
  ]);
  const who = { student_id: 7, name: 'Awa', version: 1, revision: 1 } as const;
  const A = (from: string, to?: string) => ({ class_name: 'A', from, ...(to && { to }) });
  const placed = (more: object, ends_on?: string) => {
    const place = placeIn({ ...who, ...more }, { ...term, ...(ends_on && { ends_on }) }, calendar);
    return place && `${place.ref}${place.seated ? '' : ', left'}`;
  };

  test.each([
    ['without stays, of the class of today', { class_name: 'B' }, '2020-12-20', 'class:b'],
    ['without a class, their own', {}, '2020-12-20', 'alone:7'],
    ['before the first stay, of the first', { enrolments: [A('2021-01-01')] }, '2020-12-20', 'class:a'],
    [
      'on the last day of a stay, a member still',
      { status: 'left', enrolments: [A('2020-09-01', '2020-12-20')] },
      '2020-12-20',
      'class:a',
    ],
    [
      'after it, no member',
      { status: 'left', enrolments: [A('2020-09-01', '2020-12-19')] },
      '2020-12-20',
      'class:a, left',
    ],
    [
      'that has no end, of who left, no member',
      { status: 'left', enrolments: [A('2020-09-01', '2020-12-19')] },
      undefined,
      'class:a, left',
    ],
    [
      'of who left on a day that no stay tells',
      { status: 'left', left_on: '2020-12-21', enrolments: [A('2020-09-01')] },
      '2020-12-20',
      'class:a',
    ],
    [
      'and one day earlier',
      { status: 'left', left_on: '2020-12-20', enrolments: [A('2020-09-01')] },
      '2020-12-20',
      'class:a, left',
    ],
    [
      'of who is taken out of the class and stays, their own',
      { enrolments: [A('2020-09-01', '2020-12-01')] },
      '2020-12-20',
      'alone:7',
    ],
    [
      'of two stays that begin on one day, the later told',
      { enrolments: [A('2020-09-01', '2020-08-31'), { class_name: 'B', from: '2020-09-01' }] },
      '2020-12-20',
      'class:b',
    ],
  ])('%s', (_, more, ends_on, place) => {
    expect(placed(more, ends_on)).toBe(place);
  });
});

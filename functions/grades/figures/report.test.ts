import { beforeAll, describe, expect, test } from '@jest/globals';
import { guardian, student, teacher } from '../../../tests/support/call.ts';
import { ask, asked, assess, classOf, enter, newStudents, tell } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';

beforeAll(async () => {
  await createContext('grades');
});

const PROGRAMME = {
  subjects: [
    { name: 'Mathématiques', coefficient: 4, teachers: ['prof'] },
    { name: 'Français', coefficient: 3, teachers: ['colette'] },
  ],
  categories: [{ name: 'Devoirs' }, { name: 'Composition' }],
  head_teacher: 'principal',
};

describe('a report', () => {
  let ids: number[];
  const terms = { year: '', first: '', second: '' };

  beforeAll(async () => {
    ids = await classOf(6, '4e B', { guardians: ['mother'] });
    const term = async (name: string, starts_on: string, ends_on: string, parent?: string) =>
      (await asked('POST /terms', { name, starts_on, ends_on, ...(parent && { parent }) })).id as string;
    terms.year = await term('2026-2027', '2026-10-01', '2027-07-15');
    terms.first = await term('Semestre 1', '2026-10-01', '2027-02-15', terms.year);
    terms.second = await term('Semestre 2', '2027-02-16', '2027-07-15', terms.year);
    await asked('PUT /classes/4eB', PROGRAMME);
    const [one = 0] = ids;
    const maths = { subject: 'Mathématiques', term: terms.first };
    await enter(await assess('4e B', { ...maths, category: 'Devoirs', title: 'Devoir 1' }), { [one]: 11 });
    await enter(await assess('4e B', { ...maths, category: 'Devoirs', title: 'Devoir 2', out_of: 10 }), { [one]: 6 });
    await enter(await assess('4e B', { ...maths, category: 'Composition', title: 'Compo' }), { [one]: 9 });
    const french = { subject: 'francais', category: 'Devoirs', term: terms.first };
    await enter(await assess('4e B', { ...french, title: 'Rédaction', out_of: 300 }), { [one]: 155 });
  });

  test('holds the example that is worked by hand, to the hundredth', async () => {
    const report = await asked(`GET /grades/${ids[0]}?term=${terms.first}`);
    expect(report).toMatchObject({
      name: `Élève ${ids[0]}`,
      class_name: '4e B',
      scale: 20,
      pass_mark: 10,
      general: 10.28,
    });
    expect(report.subjects).toMatchObject([
      {
        name: 'Mathématiques',
        figure: 10.25,
        coefficient: 4,
        categories: [
          { name: 'Devoirs', figure: 11.5, weight: 1 },
          { name: 'Composition', figure: 9, weight: 1 },
        ],
      },
      { name: 'Français', figure: 10.33, coefficient: 3 },
    ]);
    expect(report.results.map(({ title, score }: { title: string; score: number }) => [title, score])).toEqual([
      ['Devoir 1', 11],
      ['Devoir 2', 6],
      ['Compo', 9],
      ['Rédaction', 155],
    ]);
    expect([report.rank, report.ranked, report.size]).toEqual([1, 1, 6]);
  });

  test('of the year is made of the printed figures of its terms', async () => {
    const after = { subject: 'Mathématiques', category: 'Devoirs', term: terms.second };
    await enter(await assess('4e B', after), { [ids[0] ?? 0]: 11.3 });
    const report = await asked(`GET /grades/${ids[0]}?term=${terms.year}`);
    expect(report.terms.map(({ general }: { general: number }) => general)).toEqual([10.28, 11.3]);
    expect(report.general).toBe(10.79);
    expect((await asked(`GET /grades/${ids[0]}?term=${terms.second}`)).change).toBe(1.02);
  });

  test('shows a teacher what they teach, the head teacher all of it, and a stranger nothing', async () => {
    const subjects = async (username: string) => {
      const answer = await ask(`GET /grades/${ids[0]}?term=${terms.first}`, undefined, { username, role: 'teacher' });
      return answer.status === 200
        ? answer.body.subjects.map(({ name }: { name: string }) => name)
        : [answer.status, answer.body.code];
    };
    expect(await subjects('prof')).toEqual(['Mathématiques']);
    expect(await subjects('colette')).toEqual(['Français']);
    expect(await subjects('principal')).toEqual(['Mathématiques', 'Français']);
    expect(await subjects('stranger')).toEqual([404, 'student_not_found']);
  });

  test('shows a family no mean over fewer than five figures', async () => {
    const read = () => asked(`GET /grades/${ids[0]}?term=${terms.first}`, undefined, guardian('mother'));
    expect((await read()).class).toBeUndefined();
    const id = await assess('4e B', {
      subject: 'Mathématiques',
      category: 'Devoirs',
      term: terms.first,
      counts: 'never',
    });
    expect(id).toBeDefined();
    const more = await assess('4e B', { subject: 'Français', category: 'Composition', term: terms.first });
    await enter(more, Object.fromEntries(ids.slice(1, 5).map((one, i) => [one, 10 + i])));
    expect((await read()).class).toEqual({ mean: 11.26, min: 10, max: 13 });
    expect((await ask(`GET /grades/${ids[0]}`, undefined, guardian('somebody'))).status).toBe(404);
  });
});

test('of a class without a programme is the mean of its subjects, each of coefficient 1', async () => {
  const [id = 0] = newStudents(1);
  await tell(id, 1, { username: 'alone' });
  for (const body of [{ grade: 12, subject: 'Chant' }, { grade: 16, subject: 'chant', coefficient: 3 }, { grade: 8 }])
    await asked(`POST /add_grade/${id}`, body, teacher);
  const report = await asked(`GET /grades/${id}`, undefined, student('alone'));
  expect(report.subjects).toMatchObject([{ name: 'chant', figure: 15 }, { figure: 8 }]);
  expect(report.general).toBe(11.5);
});

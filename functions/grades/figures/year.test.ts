import { beforeAll, describe, expect, test } from '@jest/globals';
import { student, teacher } from '../../../tests/support/call.ts';
import { ask, asked, assess, classOf, enter, tell } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';

beforeAll(async () => {
  await createContext('grades');
});

const newTerm = async (name: string, starts_on: string, parent?: string): Promise<string> =>
  (await asked('POST /terms', { name, starts_on, ends_on: '2099-07-31', ...(parent && { parent }) })).id;

/** A year of two terms that have both begun by their dates, and a third that has not. */
async function newYear(): Promise<Record<'year' | 'first' | 'second' | 'third', string>> {
  const year = await newTerm('Année', '2020-09-01');
  const [first, second, third] = [
    await newTerm('T1', '2020-09-01', year),
    await newTerm('T2', '2020-10-01', year),
    await newTerm('T3', '2098-01-01', year),
  ];
  return { year, first, second, third };
}

describe('a term in which a class has no mark yet', () => {
  test('goes by its programme all the same: who may read it, and what families see', async () => {
    const { year, first, second } = await newYear();
    const ids = await classOf(6, 'Sans livre', { username: 'learner' });
    await asked(`PUT /classes/sanslivre?year=${year}`, {
      subjects: [{ name: 'Maths', teachers: ['colette'] }],
      scale: 10,
      show: { rank: false, general: false },
    });
    const assessment = await assess('Sans livre', { term: first, subject: 'Maths' });
    await enter(assessment, Object.fromEntries(ids.map((id, i) => [id, 4 + i])));
    for (const term of [second, year]) {
      const reads = [
        `/grades/${ids[0]}?`,
        '/grades?class_name=sanslivre&',
        '/classes/sanslivre/stats?',
        '/rankings/top10?class_name=sanslivre&',
      ].map((path) => ask(`GET ${path}term=${term}`, undefined, teacher));
      expect((await Promise.all(reads)).map(({ status }) => status)).toEqual([404, 404, 404, 404]);
      const { scale, general, rank, ...rest } = await asked(
        `GET /grades/${ids[0]}?term=${term}`,
        undefined,
        student('learner'),
      );
      expect([scale, general, rank, rest.class]).toEqual([10, undefined, undefined, undefined]);
    }
    expect((await asked(`GET /grades/${ids[0]}?term=${year}`)).general).toBe(4);
  });

  test('leaves a student who changed class the terms before it, in their year', async () => {
    const { year, first } = await newYear();
    const [id = 0] = await classOf(1, 'Départ');
    await classOf(1, 'Arrivée');
    await enter(await assess('Départ', { term: first }), { [id]: 15 });
    await asked(`PATCH /terms/${first}`, { open: false });
    await tell(id, 2, { class_name: 'Arrivée' });
    expect(await asked(`GET /grades/${id}?term=${year}`)).toMatchObject({ general: 15, rank: 1, size: 2 });
  });

  test('that begins with a hidden assessment before its date changes nothing that a family sees of the year', async () => {
    const { year, first, third } = await newYear();
    const ids = await classOf(2, 'Cachée', { username: 'hidden' });
    await asked(`PUT /classes/cachee?year=${year}`, { subjects: [{ name: 'Maths' }], rank_needs: 60 });
    const open = await assess('Cachée', { term: first, subject: 'Maths' });
    await enter(open, Object.fromEntries(ids.map((id) => [id, 12])));
    const seen = () => asked(`GET /grades/${ids[0]}?term=${year}`, undefined, student('hidden'));
    const before = await seen();
    expect(before.rank).toBe(1);
    const secret = { term: third, subject: 'Maths', release_at: '2099-01-01T00:00:00Z' };
    await enter(await assess('Cachée', secret), { [ids[0] ?? 0]: 3 });
    expect(await seen()).toEqual(before);
    expect((await asked(`GET /grades/${ids[0]}?term=${year}`)).general).toBe(7.5);
  });
});

test('whoever teaches a part of a subject alone sees the part alone', async () => {
  const [id = 0] = await classOf(1, 'Parties');
  await asked('PUT /classes/parties', {
    subjects: [{ name: 'Français' }, { name: 'Oral', parent: 'Français', teachers: ['prof'] }],
  });
  await asked(`POST /add_grade/${id}`, { grade: 13, subject: 'oral' }, teacher);
  const { subjects } = await asked(`GET /grades/${id}`, undefined, teacher);
  expect(subjects).toMatchObject([{ name: 'Oral', figure: 13, parts: [] }]);
});

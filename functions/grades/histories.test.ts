import { beforeAll, expect, test } from '@jest/globals';
import { type Identity, student, teacher } from '../../tests/support/call.ts';
import { ask, asked, assess, classOf } from '../../tests/support/school.ts';
import { createContext } from '../../tests/support/tables.ts';

beforeAll(async () => {
  await createContext('grades');
});

const head: Identity = { username: 'principal', role: 'teacher' };
const MATHS = { name: 'Maths', coefficient: 4, teachers: ['prof'] };

test('the programme of a class keeps who changed it, when, and from what to what, each year by itself', async () => {
  await classOf(1, 'Passée');
  await asked('PUT /classes/passee', { head_teacher: 'principal', subjects: [MATHS, { name: 'Latin' }] });
  await asked('PUT /classes/passee', {
    ...{ head_teacher: 'principal', scale: 10, show: { rank: false }, categories: [{ name: 'Devoirs', weight: 2 }] },
    subjects: [{ ...MATHS, coefficient: 5, teachers: ['prof', 'colette'] }],
  });
  const history = await asked('GET /classes/passee/history', undefined, head);
  expect(history).toHaveLength(2);
  const { changes, ...last } = history[0];
  expect(last).toMatchObject({ by: 'admin', version: 2, at: expect.stringMatching(/^\d{4}-/) });
  expect(changes).toEqual([
    { field: 'categories/Devoirs/weight', to: 2 },
    { field: 'pass_mark', from: 10, to: 5 },
    { field: 'scale', from: 20, to: 10 },
    { field: 'show/rank', from: true, to: false },
    { field: 'subjects/Latin/coefficient', from: 1 },
    { field: 'subjects/Latin/teachers', from: [] },
    { field: 'subjects/Maths/coefficient', from: 4, to: 5 },
    { field: 'subjects/Maths/teachers', from: ['prof'], to: ['prof', 'colette'] },
  ]);
  const year = (await asked('POST /terms', { name: 'Autre', starts_on: '1999-09-01', ends_on: '2000-07-31' })).id;
  expect(await asked(`GET /classes/passee/history?year=${year}`)).toEqual([]);
});

test('the history of a programme comes page by page, and the same programme again leaves none', async () => {
  await classOf(1, 'Feuilletée');
  for (const coefficient of [1, 2, 2, 3])
    await asked('PUT /classes/feuilletee', { subjects: [{ name: 'Grec', coefficient }] });
  const first = await ask('GET /classes/feuilletee/history?limit=2');
  expect(first.body.map(({ version }: { version: number }) => version)).toEqual([4, 2]);
  const { search } = new URL(/<([^>]+)>/.exec(first.headers.Link ?? '')?.[1] ?? '', 'http://campus.test');
  expect(await asked(`GET /classes/feuilletee/history${search}`)).toMatchObject([{ version: 1 }]);
});

test('the history of a programme is for administrators and the head teacher', async () => {
  await classOf(1, 'Réservée');
  await asked('PUT /classes/reservee', { head_teacher: 'principal', subjects: [MATHS] });
  for (const [as, code] of [
    [teacher, 'not_head_teacher'],
    [{ username: 'inconnu', role: 'teacher' } as Identity, 'class_not_found'],
    [student(), 'forbidden'],
  ] as const)
    expect((await ask('GET /classes/reservee/history', undefined, as)).body.code).toBe(code);
});

test('an assessment keeps who set it and who changed its coefficient, maximum or release, from what to what', async () => {
  await classOf(1, 'Mesurée');
  await asked('PUT /classes/mesuree', { subjects: [MATHS] });
  const id = await assess('Mesurée', { subject: 'Maths', release_at: '2099-01-01T00:00:00Z' });
  await asked(`PATCH /assessments/${id}`, { coefficient: 2, release_at: null }, teacher);
  await asked(`PATCH /assessments/${id}`, { coefficient: 2 }, teacher);
  await asked(`PATCH /assessments/${id}`, { out_of: 40 });
  expect(await asked(`GET /assessments/${id}/history`, undefined, teacher)).toMatchObject([
    { by: 'admin', version: 4, changes: [{ field: 'out_of', from: 20, to: 40 }] },
    {
      ...{ by: 'prof', version: 2 },
      changes: [
        { field: 'coefficient', from: 1, to: 2 },
        { field: 'release_at', from: '2099-01-01T00:00:00.000Z' },
      ],
    },
    { by: 'admin', version: 1, changes: expect.arrayContaining([{ field: 'title', to: 'Devoir' }]) },
  ]);
  const stranger: Identity = { username: 'inconnu', role: 'teacher' };
  expect((await ask(`GET /assessments/${id}/history`, undefined, stranger)).body.code).toBe('assessment_not_found');
  expect((await ask(`GET /assessments/${id}/history`, undefined, student())).status).toBe(403);
});

test('a term tells the staff who closed and opened it, and why', async () => {
  const id = (await asked('POST /terms', { name: 'Tournée', starts_on: '1998-09-01', ends_on: '1999-07-31' })).id;
  await asked(`PATCH /terms/${id}`, { open: false });
  await asked(`PATCH /terms/${id}`, { open: true, reason: 'Une copie retrouvée' });
  const terms = await asked('GET /terms', undefined, teacher);
  expect(terms.find((one: { id: string }) => one.id === id).history).toMatchObject([
    { open: false, by: 'admin' },
    { open: true, by: 'admin', reason: 'Une copie retrouvée' },
  ]);
});

import { beforeAll, expect, test } from '@jest/globals';
import { type Identity, teacher } from '../../tests/support/call.ts';
import { ask, asked, classOf, newStudents, tell, tellGone } from '../../tests/support/school.ts';
import { everything } from '../../tests/support/shop-books.ts';
import { createContext } from '../../tests/support/tables.ts';
import { handler as settle } from './rankings/settle.ts';

let table = '';

beforeAll(async () => {
  ({ GRADES_TABLE: table = '' } = await createContext('grades'));
});

/** Asks twice. @returns what `X-Cache` said, and the second answer */
async function twice(request: string, as: Identity = teacher) {
  const [first, second] = [await ask(request, undefined, as), await ask(request, undefined, as)];
  expect(second.body).toEqual(first.body);
  return { said: [first, second].map(({ headers }) => headers['X-Cache']), body: second.body };
}

test('figures are kept until something that they are made of changes, and no longer', async () => {
  const [id = 0] = newStudents(1);
  await tell(id, 1, { name: 'Awa Diop', class_name: 'Gardée', phone: '+221770001234' });
  await asked(`POST /add_grade/${id}`, { grade: 12 }, teacher);
  const requests: [string, (body: never) => unknown][] = [
    ['GET /classes/gardee/stats', ({ mean }: { mean: number }) => mean],
    ['GET /rankings/top10', ([first]: { average: number }[]) => first?.average],
    ['GET /grades?phone=%2B221770001234', ([first]: { average: number }[]) => first?.average],
  ];
  for (const [request, figure] of requests) {
    const { said, body } = await twice(request);
    expect([request, said, figure(body as never)]).toEqual([request, ['miss', 'hit'], 12]);
  }
  await asked(`POST /add_grade/${id}`, { grade: 18 }, teacher);
  for (const [request, figure] of requests) {
    const { said, body } = await twice(request);
    expect([request, said, figure(body as never)]).toEqual([request, ['miss', 'hit'], 15]);
  }
  await settle();
  expect((await twice('GET /rankings/top10')).body[0].average).toBe(15);
});

test('a teacher is refused what is kept of a class that is not theirs', async () => {
  const [id] = await classOf(1, 'Réservée');
  await asked('PUT /classes/reservee', { subjects: [{ name: 'Maths', teachers: ['prof'] }] });
  await asked(`POST /add_grade/${id}`, { grade: 11, subject: 'Maths' }, teacher);
  expect((await twice('GET /classes/reservee/stats')).said).toEqual(['miss', 'hit']);
  const stranger: Identity = { username: 'stranger', role: 'teacher' };
  expect((await ask('GET /classes/reservee/stats', undefined, stranger)).body.code).toBe('class_not_found');
});

test('nothing that is kept names a student who was deleted', async () => {
  const [id = 0] = newStudents(1);
  await tell(id, 1, { name: 'Coumba Ndour', class_name: 'Oubliée', phone: '+221770004321' });
  await asked(`POST /add_grade/${id}`, { grade: 19.5 }, teacher);
  for (const request of ['GET /rankings/top10', 'GET /grades?phone=%2B221770004321']) await twice(request);
  await settle();
  expect(JSON.stringify(await everything(table))).toContain('Coumba');
  await tellGone(id, 2);
  await settle();
  expect(JSON.stringify(await everything(table))).not.toContain('Coumba');
});

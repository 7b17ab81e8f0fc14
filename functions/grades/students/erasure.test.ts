import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { clock } from '../../../platform/base/clock.ts';
import { key } from '../../../platform/data/key.ts';
import { type Item, put } from '../../../platform/data/write.ts';
import { commit } from '../../../platform/events/commit.ts';
import { student } from '../../../tests/support/call.ts';
import { deliver, told } from '../../../tests/support/deliver.ts';
import { ask, asked, assess, classOf, enter, stays, tell, tellGone } from '../../../tests/support/school.ts';
import { everything } from '../../../tests/support/shop-books.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { isDue, migrated } from '../marks/carry-over.ts';
import { handler as consumer } from '../on-student-event.ts';
import { handler as settle } from '../rankings/settle.ts';
import { table } from '../table.ts';
import { expire } from './erasure.ts';
import type { Student } from './student.ts';
import { find, partitionOf, studentKey } from './student-store.ts';

let name = '';

beforeAll(async () => {
  ({ GRADES_TABLE: name = '' } = await createContext('grades', 'auth'));
});

afterEach(() => {
  jest.restoreAllMocks();
});

const DAY = 24 * 3600;

const isLater = (days: number) => {
  const now = Date.now() + days * DAY * 1000;
  jest.spyOn(clock, 'now').mockImplementation(() => now);
};

const itemsOf = async (id: number) => (await everything(name)).filter(({ pk }) => pk === `STUDENT#${id}`);

const restored = (id: number, version: number, class_name: string) =>
  deliver(consumer, [told('campus.student.restored', { id, version, name: `Élève ${id}`, class_name })]);

/** A student with marks, results, a fall, a replaced mark, a closed term and one open, in a class with another. */
async function schooled(class_name: string): Promise<{ id: number; other: number; term: string; assessment: string }> {
  const [id = 0, other = 0] = await classOf(2, class_name, { username: `own.${class_name}` });
  const newTerm = { name: class_name, starts_on: '2020-09-01', ends_on: '2020-12-31' };
  const term = (await asked('POST /terms', newTerm)).id;
  const assessment = await assess(class_name, { term });
  await enter(assessment, { [id]: 15, [other]: 12 });
  await asked(`PATCH /terms/${term}`, { open: false });
  await asked('POST /terms', { ...newTerm, starts_on: '2021-01-01', ends_on: '2099-12-31' });
  for (const one of [id, other]) await asked(`PUT /grades/${one}`, { grades: [4, 5] });
  const { id: mark } = await asked(`POST /add_grade/${id}`, { grade: 3 });
  await asked(`PATCH /grades/${id}/${mark}`, { score: 6 });
  await enter(await assess(class_name), { [id]: 7, [other]: 8 });
  await settle();
  return { id, other, term, assessment };
}

/** Everything that is read of a class and a student, in both terms. */
async function readOf(class_name: string, { id, term }: { id: number; term: string }): Promise<unknown> {
  const of = (query: string) =>
    Promise.all(
      [
        `GET /grades/${id}?${query}`,
        `GET /classes/${class_name}/stats?${query}`,
        `GET /grades?class_name=${class_name}&${query}`,
        `GET /rankings/top10?class_name=${class_name}&${query}`,
      ].map((request) => asked(request)),
    );
  return [await of(''), await of(`term=${term}`), await asked(`GET /get_grades/${id}`)];
}

describe('a student who is deleted', () => {
  test('is hidden at once, and every item of theirs expires thirty days later, also when told twice', async () => {
    const { id, term } = await schooled('Effacée');
    const kept = { pk: partitionOf(id), sk: key`CARD#T1#0001`, ttl: Math.floor(Date.now() / 1000) + 3650 * DAY };
    await commit(table, () => ({ writes: [put(kept)] }));
    const before = Math.floor(Date.now() / 1000) + 30 * DAY;
    for (const _ of [1, 2]) await tellGone(id, 2);
    for (const as of [undefined, student('own.Effacée')])
      expect((await ask(`GET /grades/${id}?term=${term}`, undefined, as)).status).toBe(404);
    const items = await itemsOf(id);
    const kinds = new Set(items.map(({ sk }) => sk.split('#')[0]));
    expect([...kinds].toSorted()).toEqual(['ASIDE', 'CARD', 'FELL', 'FROM', 'MARK', 'PROFILE', 'RESULT']);
    for (const { sk, ttl } of items.filter(({ sk }) => !sk.startsWith('CARD#'))) {
      expect([sk, Number(ttl) >= before, Number(ttl) <= before + 60]).toEqual([sk, true, true]);
    }
    expect(items.find(({ sk }) => sk.startsWith('CARD#'))?.ttl).toBe(kept.ttl);
    // The ranking lets go of their name with the next look at the class.
    await settle();
    const left = (await everything(name)).filter((item) => JSON.stringify(item).includes(`Élève ${id}"`));
    expect(left).toEqual([]);
  });

  test('is restored with all that they had: nothing expires, and each figure is as before', async () => {
    const one = await schooled('Rendue');
    const before = await readOf('Rendue', one);
    const items = new Map((await itemsOf(one.id)).map(({ sk, ttl }) => [sk, ttl]));
    await tellGone(one.id, 2);
    expect(await restored(one.id, 3, 'Rendue')).toEqual([]);
    expect(await readOf('Rendue', one)).toEqual(before);
    for (const { sk, ttl, ttl_before } of await itemsOf(one.id))
      expect([sk, ttl, ttl_before]).toEqual([sk, items.get(sk), undefined]);
    // The deletion, told once more, is older than what is known.
    await tellGone(one.id, 2);
    await expire(one.id);
    isLater(31);
    expect((await asked(`GET /get_grades/${one.id}`)).grades).toEqual([4, 5, 6]);
  });

  test('is gone after thirty days: who comes back under that number finds nothing old, and gets new marks', async () => {
    const { id, other, term, assessment } = await schooled('Perdue');
    await tellGone(id, 2);
    isLater(29);
    expect((await find(id))?.deleted_at).toBeDefined();
    isLater(31);
    expect(await find(id)).toBeUndefined();
    expect(await restored(id, 3, 'Perdue')).toEqual([]);
    expect((await asked(`GET /get_grades/${id}`)).grades).toEqual([]);
    expect(await asked(`GET /grades/${id}`)).toMatchObject({ results: [], rank: null });
    expect((await asked(`GET /grades/${id}?term=${term}`)).results).toEqual([]);
    expect((await asked(`GET /classes/Perdue/stats?term=${term}`)).size).toBe(1);
    // The engine has not deleted the old items yet, and they are in nobody's way.
    await asked(`PATCH /terms/${term}`, { open: true, reason: 'Rattrapage' });
    const open = (await asked('GET /assessments?class_name=Perdue'))[0].id;
    expect((await enter(open, { [id]: 11 })).body).toMatchObject([{ result: 'stored' }]);
    expect((await enter(assessment, { [other]: 13 })).body).toMatchObject([{ result: 'stored' }]);
    await asked(`POST /add_grade/${id}`, { grade: 17 });
    expect((await asked(`GET /grades/${id}`)).general).toBe(14);
    expect((await ask(`GET /grades/${id}/${open}/history`)).body).toMatchObject([{ score: 11, version: 1 }]);
  });

  test('and restored while their marks are still being marked to expire loses none of them', async () => {
    const [id = 0] = await classOf(1, 'Course');
    for (let n = 0; n < 12; n += 1) await asked(`POST /add_grade/${id}`, { grade: n });
    const grades = Array.from({ length: 12 }, (_, n) => n);
    for (let version = 2; version < 12; version += 2) {
      await tellGone(id, version);
      await Promise.all([expire(id), restored(id, version + 1, 'Course'), expire(id), tellGone(id, version)]);
      expect((await itemsOf(id)).filter(({ ttl }) => ttl !== undefined)).toEqual([]);
      expect((await asked(`GET /get_grades/${id}`)).grades).toEqual(grades);
    }
  });

  test('with more marks than fit into one transaction loses all of them, and finds all of them again', async () => {
    const [id = 0] = await classOf(1, 'Longue');
    await asked(`PUT /grades/${id}`, { grades: Array.from({ length: 90 }, () => 10) });
    await asked(`PUT /grades/${id}`, { grades: Array.from({ length: 90 }, () => 12) });
    await tellGone(id, 2);
    expect((await itemsOf(id)).filter(({ ttl }) => ttl === undefined)).toEqual([]);
    await restored(id, 3, 'Longue');
    expect((await itemsOf(id)).filter(({ ttl }) => ttl !== undefined)).toEqual([]);
    expect((await asked(`GET /grades/${id}`)).general).toBe(12);
  });
});

test('a student who left and is deleted comes back as one who left', async () => {
  const [id = 0, other = 0] = await classOf(2, 'Partie', stays({ class_name: 'Partie', from: '2020-09-01' }));
  await enter(await assess('Partie'), { [id]: 18, [other]: 10 });
  const left = stays({ class_name: 'Partie', from: '2020-09-01', to: '2021-01-01' });
  await tell(id, 2, left);
  const [page, stats] = [await asked(`GET /grades/${id}`), await asked('GET /classes/Partie/stats')];
  await tellGone(id, 3);
  await tell(id, 4, left);
  expect(await asked(`GET /grades/${id}`)).toEqual(page);
  expect(await asked('GET /classes/Partie/stats')).toEqual(stats);
  expect(stats).toMatchObject({ size: 1, mean: 10 });
});

test('of a student deleted by an older version of Campus, everything expires thirty days after it is found', async () => {
  const [id = 0] = await classOf(1, 'Ancienne');
  await asked(`POST /add_grade/${id}`, { grade: 12 });
  await tellGone(id, 2);
  const profile = (await find(id)) as Student;
  const { ttl: _, ...ofOld } = { ...profile, deleted_at: '2024-01-01T00:00:00.000Z' };
  await commit(table, () => ({ writes: [put({ ...studentKey(id), ...ofOld })] }));
  const found = async () => (await table.get<Item>(studentKey(id))) as Item;
  expect(isDue(await found())).toBe(true);
  await migrated(await found());
  expect(isDue(await found())).toBe(false);
  const before = Math.floor(Date.now() / 1000) + 30 * DAY;
  for (const { ttl } of await itemsOf(id)) expect(Math.abs(Number(ttl) - before)).toBeLessThan(60);
});

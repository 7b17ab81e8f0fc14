import { beforeAll, expect, test } from '@jest/globals';
import { update } from '../../../platform/data/write.ts';
import { assess, classOf } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { table } from '../table.ts';
import { DEFAULT_TERM } from '../terms/term.ts';
import { headKey, readParts, rosterKey } from './book-store.ts';
import { classRef } from './class-ref.ts';

beforeAll(async () => {
  await createContext('grades');
});

test('head and members that a batch met half changed are read again until they agree', async () => {
  const [id = 0] = await classOf(1, 'Moitié');
  await assess('Moitié');
  const book = { ref: classRef('Moitié'), term: DEFAULT_TERM.id };
  const { head, members } = await readParts(book);
  expect(Object.keys(members)).toEqual([String(id)]);
  const version = (head?.roster ?? 0) + 1;
  await table.write([update(headKey(book), { set: { roster: version } })]);
  const reading = readParts(book);
  await table.write([update(rosterKey(book), { set: { members: {}, version } })]);
  expect((await reading).members).toEqual({});
});

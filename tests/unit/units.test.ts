import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Outcome } from '../../bench/frame.ts';
import { BASE } from '../../bench/units/cohort.ts';
import { copyOf } from '../../bench/units/copies.ts';
import { DAY } from '../../bench/units/day.ts';
import { LEAST } from '../../bench/units/least.ts';
import { Meter } from '../../bench/units/meter.ts';
import { floor, perMillion } from '../../bench/units/price.ts';
import { ASSUMED } from '../../deploy/cost/bill.ts';
import { key } from '../../platform/data/key.ts';
import { readItem } from '../../platform/data/read-item.ts';
import { Table } from '../../platform/data/table.ts';
import { put } from '../../platform/data/write.ts';
import { textOf } from '../../project/root.ts';
import { createFrom } from '../support/tables.ts';

describe('the meter', () => {
  const table = new Table('NOTES_TABLE');
  const note = { pk: key`NOTE#1`, sk: key`NOTE` };
  let meter: Meter;

  beforeAll(async () => {
    meter = await Meter.before(process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '');
    process.env.AWS_ENDPOINT_URL_DYNAMODB = meter.url;
    await createFrom(['tests/support/fixtures/notes.yml']);
  });
  afterAll(() => meter[Symbol.asyncDispose]());

  test('counts units and calls, with the SDK and without, and which of them waited for others', async () => {
    const calls = await meter.during(async () => {
      await table.write([put({ ...note, text: 'x'.repeat(1_500) })]);
      await Promise.all([table.get(note), readItem(table.name, note, [['text']])]);
      await table.glance(note);
    });
    const of = { table: table.name, writes: 0 };
    expect(calls).toEqual([
      { ...of, operation: 'PutItem', reads: 0, writes: 2, turn: 1 },
      { ...of, operation: 'GetItem', reads: 1, turn: 2 },
      { ...of, operation: 'GetItem', reads: 1, turn: 2 },
      { ...of, operation: 'GetItem', reads: 0.5, turn: 3 },
    ]);
  });

  test('counts what is asked for while it is measured only', async () => {
    await table.get(note);
    expect(await meter.during(async () => undefined)).toEqual([]);
  });

  test('hands a refusal on as it is, and counts the round trip', async () => {
    const calls = await meter.during(() =>
      expect(readItem('nowhere', note, [['text']])).rejects.toThrow('ResourceNotFoundException'),
    );
    expect(calls).toMatchObject([{ operation: 'GetItem', reads: 0, writes: 0, turn: 1 }]);
  });
});

describe('a copy of an item', () => {
  const id = '01a21a43-85c8-7dcb-96e5-51a915cd6f28';
  const item = {
    pk: { S: `STUDENT#${BASE + 7}` },
    sk: { S: `RESULT#default#${id}` },
    student_id: { N: String(BASE + 7) },
    assessment: { S: id },
    grade: { N: '12.5' },
  };

  test('has the numbers and ids of another student, and all else', () => {
    const copy = copyOf(item, 3);
    expect(copy).toMatchObject({ pk: { S: `STUDENT#${BASE + 3007}` }, student_id: { N: String(BASE + 3007) } });
    expect(copy?.grade).toEqual(item.grade);
    // Wherever an id stands it is the same one, and in each copy another.
    expect(copy?.sk?.S).toBe(`RESULT#default#${copy?.assessment?.S}`);
    expect(new Set([0, 1, 2, 3].map((n) => copyOf(item, n)?.assessment?.S ?? id)).size).toBe(4);
  });

  test('is not made of what is everybody’s, nor where it would stand in the place of the original', () => {
    expect(copyOf({ pk: { S: `SESSION#${id}` }, sk: { S: 'SESSION' } }, 1)).toBeUndefined();
    const sequence = { pk: { S: 'SEQUENCE#student' }, sk: { S: 'SEQUENCE' }, last: { N: String(BASE + 100) } };
    expect(copyOf(sequence, 1)).toBeUndefined();
  });
});

test('every least is that of an operation of the day, once', () => {
  expect(DAY.map(({ name }) => name).toSorted()).toEqual(Object.keys(LEAST).toSorted());
});

test('the bill assumes of a call what was measured: four fifths that read, a fifth that changes something', () => {
  const { benches } = JSON.parse(textOf('bench/results.json')) as { benches: Readonly<Record<string, Outcome>> };
  const measured = (what: string): number =>
    benches.units?.rows.find((row) => row.what.startsWith(what))?.median ?? Number.NaN;
  const changing = measured('read units of the middle call that changes');
  const reads = 0.8 * measured('read units of the middle call that reads') + 0.2 * changing;
  const writes = 0.2 * measured('write units of the middle call that changes');
  expect(Math.abs(ASSUMED.callReads / reads - 1)).toBeLessThan(0.1);
  expect(Math.abs(ASSUMED.callWrites / writes - 1)).toBeLessThan(0.1);
});

describe('the price of a million calls', () => {
  const free = { reads: 0, writes: 0, asked: 0 };

  test('has the units by the list, and each call that a peer is asked as another call', () => {
    const alone = perMillion(free);
    expect(perMillion({ ...free, reads: 2, writes: 3 }) - alone).toBeCloseTo(2 * 0.125 + 3 * 0.625);
    expect(perMillion({ ...free, asked: 1 })).toBeCloseTo(2 * alone);
  });

  test('is never below the floor: the gateway, one function and the same units', () => {
    expect(floor({ reads: 2, writes: 3 })).toBeCloseTo(3.5 + 0.2 + 2 * 0.125 + 3 * 0.625);
    expect(perMillion({ reads: 2, writes: 3, asked: 0 })).toBeGreaterThan(floor({ reads: 2, writes: 3 }));
  });
});

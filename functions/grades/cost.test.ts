import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { put } from '../../platform/data/write.ts';
import { admin, call, teacher } from '../../tests/support/call.ts';
import { meteredCalls } from '../../tests/support/meter.ts';
import { createContext } from '../../tests/support/tables.ts';
import { draftMark, markKey } from './mark-store.ts';
import { handler } from './marks.ts';
import { table } from './table.ts';

/** What went over the wire, and the capacity units it took. */
const sent = meteredCalls();

beforeAll(async () => {
  await createContext('grades');
});

beforeEach(() => {
  sent.length = 0;
});

const mark = { grade: 12.5, coefficient: 1, subject: 'Maths' };
const enter = (id: number) => call(handler, `POST /add_grade/${id}`, { as: teacher, body: mark });
const read = (id: number) => call(handler, `GET /get_grades/${id}`, { as: teacher });

async function studentWith(id: number, marks: number): Promise<void> {
  await call(handler, 'POST /init_student', { as: admin, body: { id, name: 'Awa Diop' } });
  const already = Array.from({ length: marks }, () => draftMark(mark, 'prof'));
  // Put as they are: to enter a thousand one by one would take most of the test's time.
  for (let from = 0; from < marks; from += 50)
    await Promise.all(
      already.slice(from, from + 50).map((one) => table.write([put({ ...markKey(id, one.id), ...one })])),
    );
  sent.length = 0;
}

describe('a call to the database', () => {
  test('is all that entering a mark takes, at ten marks and at a thousand for the same price', async () => {
    await studentWith(1, 10);
    await enter(1);
    const atTen = [...sent];
    await studentWith(2, 1000);
    await enter(2);
    expect(atTen.map(({ operation }) => operation)).toEqual(['TransactWriteItems']);
    // Two items under 1 KB each, twice the price in a transaction (which DynamoDB Local forgets): the least there is.
    expect([2, 4]).toContain(atTen[0]?.units);
    expect(sent).toEqual(atTen);
  }, 30_000);

  test('is all that reading the marks takes', async () => {
    await studentWith(3, 50);
    expect((await read(3)).body.grades).toHaveLength(50);
    expect(sent.map(({ operation }) => operation)).toEqual(['Query']);
  });

  test('is repeated where a student has more marks than one answer holds', async () => {
    await studentWith(4, 1005);
    expect((await read(4)).body.grades).toHaveLength(1005);
    expect(sent.map(({ operation }) => operation)).toEqual(['Query', 'Query']);
  }, 30_000);
});

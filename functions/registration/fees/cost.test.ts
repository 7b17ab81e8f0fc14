import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { charge, due, feeOf, ledgerOf, pay, reverse, waive } from '../../../tests/support/fees.ts';
import { meteredCalls } from '../../../tests/support/meter.ts';
import { registered } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';

/** What went over the wire, and the capacity units it took. */
const sent = meteredCalls();

beforeAll(async () => {
  await createContext('registration', 'grades');
});

beforeEach(() => {
  sent.length = 0;
});

const operations = (): string[] => sent.map(({ operation }) => operation).toSorted();

const units = (...named: readonly string[]): number =>
  sent.filter(({ operation }) => named.includes(operation)).reduce((all, one) => all + one.units, 0);

/** What a transaction of small items and entries of indexes costs; DynamoDB Local counts otherwise, and the same for all. */
const transacted = (items: number, entries: number): unknown =>
  process.env.CAMPUS_DYNAMODB === 'local' ? expect.any(Number) : 2 * items + entries;

/** A student with a year’s fees, who made some payments. */
async function charged(payments = 0): Promise<number> {
  const id = await registered({ class_name: '3B' });
  await charge({ student_ids: [id] });
  for (let i = 0; i < payments; i += 1) await pay(id, { amount: 100 });
  sent.length = 0;
  return id;
}

describe('a change of a ledger is one query and one transaction', () => {
  test('a payment, beside which the day and the last receipt are read', async () => {
    const id = await charged();
    await pay(id, { amount: 100, method: 'Wave', reference: 'W-1' });
    expect(operations()).toEqual(['GetItem', 'GetItem', 'Query', 'TransactWriteItems']);
    // The record in five lists, the line, the reference and the number of the receipt.
    expect(units('TransactWriteItems')).toEqual(transacted(4, 5));
  });

  test('a waiver, and a reversal', async () => {
    const id = await charged(1);
    const [fee_id, payment] = [await feeOf(id), (await ledgerOf(id)).payments[0].id];
    for (const change of [() => waive(id, { fee_id, percent: 10 }), () => reverse(id, payment)]) {
      sent.length = 0;
      await change();
      expect(operations()).toEqual(['Query', 'TransactWriteItems']);
      expect(units('TransactWriteItems')).toEqual(transacted(2, 5));
    }
  });

  test('costs as much to write after forty payments as after none, and two read units more', async () => {
    const [few, many] = [await charged(), await charged(40)];
    const costs = [];
    for (const id of [few, many]) {
      sent.length = 0;
      await pay(id, { amount: 100 });
      costs.push([units('TransactWriteItems'), units('Query')]);
    }
    expect(costs).toEqual([
      [transacted(3, 5), 1],
      [transacted(3, 5), 3],
    ]);
  });
});

describe('a class of sixty', () => {
  test('is charged by a query each and two transactions, and shown by a page', async () => {
    const [class_name, on] = ['Soixante', '2090-10-05'];
    await Promise.all(Array.from({ length: 60 }, () => registered({ class_name })));
    sent.length = 0;
    expect((await charge({ class_name })).body.charged).toBe(60);
    expect(operations()).toEqual([...Array(61).fill('Query'), 'TransactWriteItems', 'TransactWriteItems']);
    expect(units('Query')).toBeLessThanOrEqual(66);
    sent.length = 0;
    expect((await due(`class_name=${class_name}&on=${on}`)).body).toHaveLength(50);
    expect(operations()).toEqual(['Query']);
    expect(units('Query')).toBeLessThanOrEqual(6);
    sent.length = 0;
    expect((await due(`on=${on}`)).body).toHaveLength(50);
    expect(operations()).toEqual(['Query']);
    expect(units('Query')).toBeLessThanOrEqual(4);
  });
});

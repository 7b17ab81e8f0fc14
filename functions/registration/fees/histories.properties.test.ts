import { beforeAll, describe, expect, test } from '@jest/globals';
import { fc } from '../../../tests/support/draws.ts';
import { charge, due, ledgerOf, pay, reverse, waive } from '../../../tests/support/fees.ts';
import { halfApplied } from '../../../tests/support/half-applied.ts';
import { type Line, PocketLedger } from '../../../tests/support/pocket-ledger.ts';
import { read, registered } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import * as ledger from './ledger-store.ts';

beforeAll(async () => {
  await createContext('registration', 'grades');
  process.env.ENROLMENT_FEE_AMOUNT = '30';
});

/** What somebody does; numbers choose among what there is. */
type Deed =
  | { readonly do: 'charge'; readonly label: number; readonly other: boolean }
  | { readonly do: 'pay'; readonly who: number; readonly amount?: number; readonly reference?: number }
  | {
      readonly do: 'waive';
      readonly who: number;
      readonly fee: number;
      readonly percent?: number;
      readonly amount?: number;
    }
  | { readonly do: 'reverse'; readonly who: number; readonly payment: number };

const who = fc.nat({ max: 1 });
const amount = fc.integer({ min: 1, max: 40 });
const some = fc.nat({ max: 7 });

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ do: fc.constant('charge' as const), label: fc.nat({ max: 2 }), other: fc.boolean() }),
  fc.record({ do: fc.constant('pay' as const), who, amount, reference: some }, { requiredKeys: ['do', 'who'] }),
  fc.record({ do: fc.constant('waive' as const), who, fee: some, amount }),
  fc.record({ do: fc.constant('waive' as const), who, fee: some, percent: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ do: fc.constant('reverse' as const), who, payment: some }),
);

/** Some things at once, and then some more. */
const history = fc.array(fc.array(deed, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });

/** A crowd, at both ledgers. */
const crowded = fc.array(fc.array(deed, { minLength: 6, maxLength: 9 }), { minLength: 2, maxLength: 3 });

/** Fees of which the days are mixed with those of others, and with the day of the enrolment. */
const FEES = [
  [
    { amount: 17, due_on: '2020-05-01' },
    { amount: 9, due_on: '2091-01-01' },
    { amount: 25, due_on: '2092-01-01' },
  ],
  [{ amount: 31, due_on: '2091-06-01' }],
  [
    { amount: 1, due_on: '2090-01-01' },
    { amount: 23, due_on: '2091-01-01' },
  ],
] as const;

const DAYS = ['2019-01-01', '2020-05-01', '2090-12-31', '2091-01-01', '2091-12-31', '2099-01-01'];

let runs = 0;

/** Does something, knowing the ledgers as they were before all that happens at the same time. @returns the status */
async function act(one: Deed, ids: readonly number[], before: readonly (readonly Line[])[]): Promise<number> {
  if (one.do === 'charge') {
    const instalments = FEES[one.label] ?? FEES[0];
    const sent = one.other ? instalments.slice(0, 1).map((part) => ({ ...part, amount: 8 })) : instalments;
    return (await charge({ student_ids: ids, label: `Frais ${one.label}`, instalments: sent })).status;
  }
  const [id = 0, lines = []] = [ids[one.who], before[one.who]];
  const nth = (kind: string, n: number) => {
    const found = lines.filter((line) => line.kind === kind);
    return found[n % (found.length + 1)]?.id;
  };
  if (one.do === 'pay') {
    const reference = one.reference === undefined ? {} : { reference: `R-${runs}-${one.reference}` };
    return (await pay(id, { ...(one.amount && { amount: one.amount }), ...reference })).status;
  }
  if (one.do === 'waive') {
    const { do: _, who: __, fee, ...share } = one;
    const fee_id = nth('fee', fee);
    return (await waive(id, { ...share, ...(fee_id && { fee_id }) })).status;
  }
  return (await reverse(id, nth('payment', one.payment) ?? '0192d2f0-0000-7000-8000-000000000000')).status;
}

const linesOf = async (id: number): Promise<Line[]> => (await ledger.find(id)).entries as unknown as Line[];

/** Holds what Campus says of a student against the pebbles. */
async function holdAgainst(id: number, pocket: PocketLedger): Promise<void> {
  const told = await ledgerOf(id);
  expect(pocket.faults).toEqual([]);
  expect([told.balance, told.paid]).toEqual([pocket.balance, pocket.balance <= 0]);
  expect(told.overdue).toBe(pocket.open(told.on));
  for (const fee of told.fees) {
    const open = fee.instalments.filter((one: { open: number }) => one.open > 0);
    const byDay = Object.fromEntries(open.map((one: { due_on: string; open: number }) => [one.due_on, one.open]));
    expect(byDay).toEqual(pocket.openOf(fee.id));
  }
  const { body: student } = await read(id);
  const { student: record } = await ledger.find(id);
  expect([record?.balance, student.paid]).toEqual([pocket.balance, pocket.balance <= 0]);
}

/** What the list of those who owe says of some students on a day. */
async function listed(ids: readonly number[], on: string): Promise<Record<number, number>> {
  const { body } = await due(`on=${on}&limit=200`);
  const mine = body.filter(({ student_id }: { student_id: number }) => ids.includes(student_id));
  return Object.fromEntries(mine.map((one: { student_id: number; due: number }) => [one.student_id, one.due]));
}

const receiptsOf = (ledgers: readonly (readonly Line[])[]): number[] =>
  ledgers.flatMap((lines) => lines.flatMap(({ receipt }) => (receipt ? [Number(receipt.slice(5))] : [])));

/** What a deed adds to a ledger where it is accepted. */
const KINDS = { pay: 'payment', waive: 'waiver', reverse: 'reversal' } as const;

/** Lets a history happen to two students, and looks at their ledgers after each step. */
async function live(batches: readonly (readonly Deed[])[], receipts: { last: number }): Promise<void> {
  runs += 1;
  const ids = [await registered(), await registered()];
  let before = await Promise.all(ids.map(linesOf));
  for (const batch of batches) {
    const statuses = await Promise.all(batch.map((one) => act(one, ids, before)));
    for (const status of statuses) expect(status).toBeLessThan(500);
    const after = await Promise.all(ids.map(linesOf));
    for (const [i, lines] of after.entries()) {
      // Nothing that stood is gone, or other than it was.
      expect(lines.filter(({ id }) => before[i]?.some((one) => one.id === id))).toEqual(before[i]);
      for (const [deedName, kind] of Object.entries(KINDS)) {
        const count = (all: readonly Line[] = []) => all.filter((line) => line.kind === kind).length;
        // Every deed that was accepted is a line, and none that was refused is; paying what is paid is none.
        const accepted = batch.filter(
          (one, n) => one.do === deedName && 'who' in one && one.who === i && (statuses[n] ?? 0) < 300,
        );
        const naming = accepted.filter(
          (one) => one.do !== 'pay' || one.amount !== undefined || one.reference !== undefined,
        );
        const added = count(lines) - count(before[i]);
        expect(added).toBeGreaterThanOrEqual(naming.length);
        expect(added).toBeLessThanOrEqual(accepted.length);
      }
      await holdAgainst(ids[i] ?? 0, new PocketLedger(lines));
    }
    before = after;
  }
  const numbers = receiptsOf(before).toSorted((a, b) => a - b);
  expect(numbers).toEqual(numbers.map((_, i) => receipts.last + 1 + i));
  receipts.last += numbers.length;
  const pockets = before.map((lines) => new PocketLedger(lines));
  for (const day of DAYS) {
    const wanted = pockets.flatMap((pocket, i) => (pocket.open(day) > 0 ? [[ids[i], pocket.open(day)]] : []));
    expect(await listed(ids, day)).toEqual(Object.fromEntries(wanted));
  }
}

describe('whatever happens to two students, some of it at once', () => {
  const receipts = { last: 0 };

  test('their ledgers only grow, and say what a child with pebbles says; receipts have no gap', async () => {
    await fc.assert(
      fc.asyncProperty(history, (batches) => live(batches, receipts)),
      { numRuns: 25, endOnFailure: true },
    );
  });

  test('also where queries meet changes half-way', async () => {
    const engine = halfApplied();
    await fc.assert(
      fc.asyncProperty(crowded, (batches) => live(batches, receipts)),
      { numRuns: 6, endOnFailure: true },
    );
    // It would be no test of anything if no reader had met one.
    expect(engine.stale()).toBeGreaterThan(5);
  });
});

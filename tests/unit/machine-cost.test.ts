import { expect, test } from '@jest/globals';
import { bill, calling, total } from '../../deploy/cost/bill.ts';
import { breakEven, MACHINES, monthly, spared } from '../../deploy/cost/machine.ts';

test.each(MACHINES)('a $what is cheaper from the break-even on, and not before', (machine) => {
  const calls = breakEven(machine);
  const onLambda = (count: number): number => total(bill(calling(count)), 'list');
  // There the database, the log and the traces cost the same.
  const onMachine = (count: number): number => onLambda(count) - total(bill(spared(count)), 'list') + monthly(machine);
  expect(onMachine(0.99 * calls)).toBeGreaterThan(onLambda(0.99 * calls));
  expect(onMachine(1.01 * calls)).toBeLessThan(onLambda(1.01 * calls));
});

test('a machine costs its hours, its address and its disk', () => {
  expect(monthly({ what: 'one', hour: 0.01 })).toBeCloseTo(730 * 0.015 + 0.64);
});

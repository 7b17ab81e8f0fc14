import { key } from '../../../platform/data/key.ts';
import { absent, type Condition, type Key, lostUpdate, update, type Write } from '../../../platform/data/write.ts';
import { table } from '../table.ts';

/** The last number that was given in a year. */
interface Counter {
  readonly last: number;
}

const DIGITS = 6;

const counterKey = (year: string): Key => ({ pk: key`RECEIPTS#${Number(year)}`, sk: key`RECEIPTS` });

const still = (counter: Counter | undefined): Condition =>
  counter
    ? { when: '#last = :last', names: { '#last': 'last' }, values: { ':last': counter.last }, otherwise: lostUpdate }
    : absent(lostUpdate);

/**
 * The receipt that a payment recorded on this day gets, and the write that takes its number. Written together with the
 * payment it leaves no gap, whatever fails; of two at once one is made to count anew. One read.
 */
export async function nextReceipt(day: string): Promise<{ number: string; writes: Write[] }> {
  const year = day.slice(0, 4);
  const counter = await table.get<Counter>(counterKey(year));
  const last = (counter?.last ?? 0) + 1;
  return {
    number: `${year}-${String(last).padStart(DIGITS, '0')}`,
    writes: [update(counterKey(year), { set: { last } }, still(counter))],
  };
}

import pLimit from 'p-limit';
import { Problem } from '../../../platform/base/problem.ts';
import { LostUpdate, type Write } from '../../../platform/data/write.ts';
import { apply } from '../../../platform/events/commit.ts';
import { table } from '../table.ts';
import { errorsOf, type Planned, type RowChange } from './plan.ts';

/** The most items that one transaction writes, the events that tell of them included. */
const MOST_ITEMS = 100;

/** How many transactions are under way at once. */
const AT_ONCE = 8;

/** How often a row is planned anew where somebody else is at its student meanwhile. */
const TRIES = 5;

interface Accepted extends Planned {
  readonly outcome: RowChange;
}

const isAccepted = (planned: Planned): planned is Accepted => planned.outcome.outcome === 'accepted';

const placeOf = (write: Write): string => {
  const { pk, sk } = write.kind === 'put' ? write.item : write.key;
  return `${pk}\t${sk}`;
};

const sizeOf = ({ outcome: { writes, events } }: Accepted): number => writes.length + events.length;

/**
 * Rows that go into one transaction each: as many as fit, and none that touches what another touches, for the one that
 * takes a number must come after the one that gives it up. What comes after is in a later wave.
 */
function wavesOf(all: readonly Accepted[]): Accepted[][][] {
  const waves: Accepted[][][] = [[]];
  let touched = new Set<string>();
  let batch: Accepted[] = [];
  let size = 0;
  const close = () => {
    if (batch.length > 0) waves.at(-1)?.push(batch);
    batch = [];
    size = 0;
  };
  for (const one of all) {
    const places = one.outcome.writes.map(placeOf);
    if (places.some((place) => touched.has(place))) {
      close();
      waves.push([]);
      touched = new Set();
    }
    if (size + sizeOf(one) > MOST_ITEMS) close();
    batch.push(one);
    size += sizeOf(one);
    for (const place of places) touched.add(place);
  }
  close();
  return waves;
}

/** Whether a row, or a transaction with it, was refused for what it says; anything else is a failure of the table. */
const isRefusal = (error: unknown): boolean =>
  error instanceof LostUpdate || (error instanceof Problem && error.kind.status < 500);

/** Makes one change, planned anew where somebody else was faster. @throws busy where that does not end */
async function alone(planned: Planned, replan: Replan): Promise<Planned> {
  let current = planned;
  for (let tries = 1; isAccepted(current); tries += 1) {
    try {
      await apply(table, current.outcome);
      return current;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (tries >= TRIES)
        return error instanceof LostUpdate ? Promise.reject(error) : { ...current, ...refused(current, error) };
      current = await replan(current);
    }
  }
  return current;
}

const refused = ({ read }: Planned, error: unknown): Pick<Planned, 'outcome'> => ({
  outcome: { outcome: 'rejected', errors: errorsOf(read.row, error) },
});

/** Plans a row anew, by the table as it stands now. */
export type Replan = (planned: Planned) => Promise<Planned>;

async function together(batch: readonly Accepted[], replan: Replan): Promise<Planned[]> {
  const writes = batch.flatMap(({ outcome }) => outcome.writes);
  const events = batch.flatMap(({ outcome }) => outcome.events);
  try {
    await apply(table, { writes, events });
    return [...batch];
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const done: Planned[] = [];
    for (const one of batch) done.push(await alone(batch.length === 1 ? await replan(one) : one, replan));
    return done;
  }
}

/**
 * Writes what was planned, many rows in one transaction. Where somebody else changed the same students meanwhile, the
 * rows of that transaction are planned anew, one by one.
 * @returns what became of each row, in their order
 * @throws busy, or what the table failed with: some of the rows are then imported, and will be found unchanged
 */
export async function carryOut(planned: readonly Planned[], replan: Replan): Promise<Planned[]> {
  const limit = pLimit(AT_ONCE);
  const done = new Map<number, Planned>();
  for (const wave of wavesOf(planned.filter(isAccepted))) {
    const batches = await Promise.all(wave.map((batch) => limit(() => together(batch, replan))));
    for (const one of batches.flat()) done.set(one.read.row, one);
  }
  return planned.map((one) => done.get(one.read.row) ?? one);
}

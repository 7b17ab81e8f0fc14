import { together, type Usage } from '../cost/bill.ts';
import { type Chances, chances, poisson, stream } from './draws.ts';
import { counted, loggedBytes } from './effects.ts';
import { AMOUNTS, DAYS, SECONDS, SLOTS, shareIn, take } from './plan.ts';
import { HABITS, MOOD, STORED_KB } from './school.ts';

/** The seed of the year that docs/scale.md tells of. */
export const SEED = 2026;

const MONTHS = 12;

/** What happens by chance, whatever the size of the school: how each day is, who comes, and in which second of an hour. */
interface Luck {
  readonly moods: Float64Array;
  readonly hours: Chances;
  readonly seconds: Chances;
  /** The hour of each thing that is to be its busiest, once it is known. */
  readonly hottest: Map<string, number | undefined>;
}

const amountsOf = (name: string) => AMOUNTS.get(name) ?? [];

const lucks = new Map<number, Luck>();

function luckOf(seed: number): Luck {
  const known = lucks.get(seed);
  if (known) return known;
  const next = stream(seed);
  const draw = (count: number): Chances => chances(count, Math.floor(next() * 2 ** 32));
  const made: Luck = {
    // The mean of them is 1, so that what is expected of a year stays.
    moods: draw(DAYS.length).normal.map((normal) => Math.exp(MOOD * normal - MOOD ** 2 / 2)),
    hours: draw(SLOTS.length * HABITS.length),
    seconds: draw(SECONDS * HABITS.length),
    hottest: new Map(),
  };
  lucks.set(seed, made);
  return made;
}

/** How many came in an hour, which is drawn: steps of each habit. */
const draw = (students: number, slot: number, { moods, hours }: Luck): Float64Array =>
  Float64Array.from(SLOTS[slot]?.steps ?? [], (mean, habit) =>
    mean > 0 ? poisson(mean * students * (moods[SLOTS[slot]?.day ?? 0] ?? 1), hours, slot * HABITS.length + habit) : 0,
  );

/** The hour in whose first second most of something is to be expected: where there are bursts, they are there. */
function hottest(name: string, { moods, hottest: known }: Luck): number | undefined {
  if (known.has(name)) return known.get(name);
  const amounts = amountsOf(name).map(([habit, amount]) => [habit, amount * shareIn(habit, 0)] as const);
  let [best, most] = [undefined as number | undefined, 0];
  SLOTS.forEach(({ day, steps }, slot) => {
    const heat = take(amounts, steps) * (moods[day] ?? 1);
    if (heat > most) [best, most] = [slot, heat];
  });
  known.set(name, best);
  return best;
}

/** Lives an hour second by second. @returns the most that there is of something in one of its seconds */
function busiest(name: string, steps: Float64Array, { seconds }: Luck): number {
  const amounts = amountsOf(name);
  const now = new Float64Array(steps.length);
  let most = 0;
  for (let second = 0; second < SECONDS; second += 1) {
    for (const [habit] of amounts) {
      const mean = (steps[habit] ?? 0) * shareIn(habit, second);
      now[habit] = mean > 0 ? poisson(mean, seconds, second * HABITS.length + habit) : 0;
    }
    most = Math.max(most, take(amounts, now));
  }
  return most;
}

/** X-Ray keeps the first call of a second and one in twenty of the others. */
function traces(calls: number): number {
  const first = SECONDS * (1 - Math.exp(-calls / SECONDS));
  return first + 0.05 * (calls - first);
}

/** What an hour is on the bill. */
function usageOf(steps: Float64Array): Usage {
  const of = (name: string): number => take(amountsOf(name), steps);
  const calls = of(counted.calls);
  return {
    ...{ calls, logs: loggedBytes(calls) / 1e9, traces: traces(calls) },
    ...{ invocations: of(counted.invocations), compute: of(counted.compute) },
    ...{ reads: of(counted.reads), writes: of(counted.writes) },
    // Sent, received, deleted: each by itself, though Lambda takes up to ten at once.
    receives: 3 * of(counted.messages),
  };
}

/**
 * A year of a school, or of schools that keep the same hours. How many come in each hour is drawn, and the busiest hour of
 * each thing is lived second by second. The same seed is the same luck at every size: a larger school has more of everything.
 */
export class Year {
  readonly students: number;
  readonly #luck: Luck;
  readonly #drawn = new Map<number, Float64Array>();

  constructor(students: number, seed = SEED) {
    this.students = students;
    this.#luck = luckOf(seed);
  }

  #hour(slot: number): Float64Array {
    const drawn = this.#drawn.get(slot) ?? draw(this.students, slot, this.#luck);
    this.#drawn.set(slot, drawn);
    return drawn;
  }

  /** How much of something there is in each hour in which somebody may come. */
  #hourly(name: string): number[] {
    return SLOTS.map((_, slot) => take(amountsOf(name), this.#hour(slot)));
  }

  /** All that the year takes of something that is counted. */
  total(name: string): number {
    return this.#hourly(name).reduce((sum, amount) => sum + amount, 0);
  }

  /** The most of it in an hour. */
  busiestHour(name: string): number {
    return Math.max(0, ...this.#hourly(name));
  }

  /** The most of it in a second of the hour in which most is to be expected. */
  busiestSecond(name: string): number {
    const slot = hottest(name, this.#luck);
    return slot === undefined ? 0 : busiest(name, this.#hour(slot), this.#luck);
  }

  /** How much more of it there is in that second than in the mean of its hour: what must be there all at once. */
  jump(name: string): number {
    const slot = hottest(name, this.#luck);
    return slot === undefined ? 0 : this.busiestSecond(name) - take(amountsOf(name), this.#hour(slot)) / SECONDS;
  }

  /** What each of twelve months has on the bill, without what a stage costs that nobody calls. */
  months(): Usage[] {
    return Array.from({ length: MONTHS }, (_, month) => {
      const slots = [...SLOTS.keys()].filter((slot) => monthOf(SLOTS[slot]?.day ?? 0) === month);
      const stored = (this.storedGigabytes() * (month + 1)) / MONTHS;
      return together({ stored }, ...slots.map((slot) => usageOf(this.#hour(slot))));
    });
  }

  /** Gigabytes in the tables at the end of the year. */
  storedGigabytes(): number {
    return (this.students * STORED_KB) / 1e6;
  }
}

const monthOf = (day: number): number => Math.floor((day / DAYS.length) * MONTHS);

import { effectsOf } from './effects.ts';
import { type Day, daysOf, HABITS, HOURS, type Hours, PEOPLE, WEEKS } from './school.ts';

/** Seconds of an hour. */
export const SECONDS = 3600;

/** The days of the year, in turn. */
export const DAYS: readonly Day[] = WEEKS.flatMap(([count, week]) =>
  Array.from({ length: count }, () => daysOf(week)).flat(),
);

const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Steps of a visit. A step is what comes at once: a page with the calls that it makes, or the one call of a program. */
const STEPS = HABITS.map(({ pages, calls }) => pages || total(Object.values(calls)));

/** What a step of a habit takes of something. */
type Amount = readonly [habit: number, amount: number];

/** What is counted, by name, with what the steps of each habit take of it. */
export const AMOUNTS: ReadonlyMap<string, readonly Amount[]> = HABITS.reduce((all, habit, i) => {
  for (const [name, amount] of effectsOf(habit))
    all.set(name, [...(all.get(name) ?? []), [i, amount / (STEPS[i] ?? 1)]]);
  return all;
}, new Map<string, readonly Amount[]>());

/** Of something, what so many steps of each habit take. */
export function take(amounts: readonly Amount[], steps: ArrayLike<number>): number {
  let sum = 0;
  for (const [habit, amount] of amounts) sum += amount * (steps[habit] ?? 0);
  return sum;
}

/** An hour in which somebody may come: steps of each habit that are to be expected for each student. */
export interface Slot {
  readonly day: number;
  readonly steps: readonly number[];
}

const shareOf = ({ share }: Hours, hour: number): number => (share[hour] ?? 0) / total(Object.values(share));

/** The hours of the year in which somebody may come. */
export const SLOTS: readonly Slot[] = DAYS.flatMap((kind, day) =>
  Array.from({ length: 24 }, (_, hour) => ({
    day,
    steps: HABITS.map(
      ({ who, visits, hours }, i) => PEOPLE[who] * (visits[kind] ?? 0) * shareOf(HOURS[hours], hour) * (STEPS[i] ?? 1),
    ),
  })),
).filter(({ steps }) => steps.some((count) => count > 0));

const BURSTS = HABITS.map(({ hours }) => (HOURS[hours] as Hours).burst ?? { share: 0, seconds: SECONDS });

/** The share of an hour's steps of a habit that falls into one of its seconds: all bursts begin with the hour. */
export const shareIn = (habit: number, second: number): number => {
  const { share, seconds } = BURSTS[habit] ?? { share: 0, seconds: SECONDS };
  return (1 - share) / SECONDS + (second < seconds ? share / seconds : 0);
};

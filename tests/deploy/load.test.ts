import { describe, expect, test } from '@jest/globals';
import { bill, together, total } from '../../deploy/cost/bill.ts';
import { chances, poisson, stream } from '../../deploy/load/draws.ts';
import { counted, effectsOf } from '../../deploy/load/effects.ts';
import { SHARED_KEYS } from '../../deploy/load/keys.ts';
import { type Limit, limitsOf, settingsOf } from '../../deploy/load/limits.ts';
import { dollarsOf } from '../../deploy/load/money.ts';
import { OPERATIONS } from '../../deploy/load/operations.ts';
import { AMOUNTS, DAYS, SECONDS } from '../../deploy/load/plan.ts';
import { amountAt, reach } from '../../deploy/load/reach.ts';
import { HABITS, PEOPLE } from '../../deploy/load/school.ts';
import { Year } from '../../deploy/load/year.ts';

const NAMES = [...AMOUNTS.keys()];
const LIMITS = limitsOf('prod');

const limit = (name: string): Limit => {
  const found = LIMITS.find((one) => one.name.includes(name));
  if (!found) throw new Error(`no limit is called ${name}`);
  return found;
};

describe('a year that is lived', () => {
  test('is the same for the same seed, and another for another', () => {
    const of = (seed: number) => {
      const year = new Year(2_000, seed);
      return NAMES.map((name) => year.total(name));
    };
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  test.each([300, 1_000_000])('has the calls that its profile says, for %i students', (students) => {
    // By hand, from what stands in school.ts: whoever visits, on all days of the year.
    const visits = HABITS.map(
      (habit) => DAYS.reduce((sum, day) => sum + (habit.visits[day] ?? 0), 0) * PEOPLE[habit.who],
    );
    for (const name of [counted.calls, counted.reads, counted.writes]) {
      const expected = HABITS.reduce((sum, habit, i) => sum + (visits[i] ?? 0) * (effectsOf(habit).get(name) ?? 0), 0);
      const years = [1, 2, 3, 4].map((seed) => new Year(students, seed).total(name) / students);
      const mean = years.reduce((a, b) => a + b, 0) / years.length;
      // The mood of three days of publishing and ten of enrolment does not come to nothing in four years.
      expect(Math.abs(mean / expected - 1)).toBeLessThan(0.05);
    }
  });

  test('has more of everything the more students there are', () => {
    const years = [300, 1_000, 10_000, 100_000, 10_000_000].map((students) => new Year(students));
    for (const name of NAMES)
      for (const of of ['total', 'busiestHour', 'busiestSecond'] as const) {
        const amounts = years.map((year) => year[of](name));
        expect([name, of, amounts]).toEqual([name, of, amounts.toSorted((a, b) => a - b)]);
        expect(amounts.at(-1)).toBeGreaterThan(amounts[0] ?? 0);
      }
  });

  test.each([300, 100_000])('has a busiest second above the mean of its hour, at %i students', (students) => {
    const year = new Year(students);
    for (const name of NAMES) expect(year.jump(name)).toBeGreaterThan(0);
    expect(year.busiestSecond(counted.calls)).toBeLessThan(year.busiestHour(counted.calls));
  });

  test('costs what the bill asks for its units, and small schools do not pay less a student', () => {
    const year = new Year(10_000);
    const used = together(...year.months());
    expect(used.calls).toBeCloseTo(year.total(counted.calls), 0);
    expect(used.writes).toBeCloseTo(year.total(counted.writes), 0);
    // No month reaches the gateway's prices for volume, so the bill of all is the sum of the bills.
    expect(dollarsOf(year)).toBeCloseTo(total(bill(used), 'list'), 6);
    const each = [300, 10_000, 1_000_000, 100_000_000].map((students) => dollarsOf(new Year(students)) / students);
    expect(each).toEqual(each.toSorted((a, b) => b - a));
  });
});

describe('limits', () => {
  const signIn = limit('signing in');

  test('that are raised are met later', () => {
    for (const one of LIMITS) {
      const students = reach(one) ?? Number.NaN;
      expect([one.name, students > 0]).toEqual([one.name, true]);
      expect([one.name, amountAt(one, students) < 3 * one.most]).toEqual([one.name, true]);
    }
  });

  test('are met where there is more than they bear, and not just below', () => {
    const students = reach(signIn) ?? 0;
    expect(amountAt(signIn, students)).toBeGreaterThan(signIn.most);
    expect(amountAt(signIn, Math.floor(students * 0.94))).toBeLessThanOrEqual(signIn.most);
  });

  test('of a stage are what serverless.yml sets, and none where it sets none', () => {
    expect(signIn.most).toBe(settingsOf('prod').openRate);
    expect(settingsOf('dev')).toMatchObject({ openRate: 20, authorizerConcurrency: 0, keepData: false });
    expect(limitsOf('dev').some(({ name }) => name.includes('authorizer'))).toBe(false);
    expect(limitsOf('prod').some(({ name }) => name.includes('authorizer'))).toBe(true);
  });

  test('of a key are met later over more shards, and not at all by many small schools', () => {
    for (const { name, sharded } of SHARED_KEYS) {
      const [one = 0, sixteen = 0] = [1, 16].map((shards) => amountAt(limit(name), 1_000_000, { shards }));
      expect([name, sixteen]).toEqual([name, sharded ? one / 16 : one]);
      expect(reach(limit(name), { school: 1_000 })).toBeUndefined();
    }
  });
});

test('a visit takes what was measured of its calls, with the authorizer before each and the peers behind', () => {
  const { reads = 0, writes = 0, asked = 0 } = OPERATIONS.get('read a health record') ?? {};
  expect({ reads, writes, asked }).toEqual({ reads: 3, writes: 1, asked: 1 });
  const effects = effectsOf({ pages: 0, calls: { 'read a health record': 2 } });
  expect(Object.fromEntries(effects)).toMatchObject({
    [counted.calls]: 2 * (1 + asked),
    [counted.reads]: 2 * (reads + 1),
    [counted.writes]: 2 * writes,
    // The gateway's two and the peer's two.
    [counted.invocations]: 2 * 4,
  });
  // Who signs in is not let in before.
  expect(effectsOf({ pages: 0, calls: { 'sign in': 1 } }).get(counted.authorizers)).toBeUndefined();
});

test('who is named as the caller of an operation that nobody measures is told so', () => {
  const calls = { 'dream of a mark': 1 } as object;
  expect(() => effectsOf({ pages: 0, calls })).toThrow('“dream of a mark” is not measured');
});

describe('draws', () => {
  test('are between 0 and 1, and the same for the same seed', () => {
    const [one, same] = [stream(7), stream(7)];
    const drawn = Array.from({ length: 1_000 }, one);
    expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(drawn).toEqual(Array.from({ length: 1_000 }, same));
  });

  test.each([0.02, 3, 59, 61, 4_000])('of a Poisson distribution have its mean and its variance: %d', (mean) => {
    const luck = chances(SECONDS * 10, 5);
    const drawn = Array.from(luck.chance, (_, at) => poisson(mean, luck, at));
    const average = drawn.reduce((a, b) => a + b, 0) / drawn.length;
    const variance = drawn.reduce((sum, value) => sum + (value - average) ** 2, 0) / drawn.length;
    // Five times what is to be expected of so many draws.
    expect(Math.abs(average - mean)).toBeLessThan(5 * Math.sqrt(mean / drawn.length));
    expect(Math.abs(variance - mean)).toBeLessThan(5 * Math.sqrt((mean + 2 * mean ** 2) / drawn.length));
  });

  test('are as many or more where the mean is more, by whichever way they are made', () => {
    const luck = chances(200, 11);
    for (let at = 0; at < 200; at += 1) {
      const drawn = [0.1, 1, 10, 40, 59, 65, 100, 1_000].map((mean) => poisson(mean, luck, at));
      expect(drawn).toEqual(drawn.toSorted((a, b) => a - b));
    }
  });
});

test('a price for volume is asked of what is above, and of that alone', () => {
  const [line] = bill({ calls: 1_400e6 });
  expect(line?.list).toBeCloseTo(333 * 3.5 + 667 * 2.8 + 400 * 2.38);
});

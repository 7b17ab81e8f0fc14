import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, describe, expect, jest, test } from '@jest/globals';

const pauses: number[] = [];
jest.unstable_mockModule('node:timers/promises', () => ({
  setTimeout: (ms: number) => {
    pauses.push(ms);
    return pause(0);
  },
}));
const { retrying } = await import('./retry.ts');

const always = () => true;

/** Work that fails so many times before it succeeds, and tells how often it was tried. */
function failing(times: number) {
  let tries = 0;
  const work = async () => {
    tries += 1;
    if (tries <= times) throw new Error(`try ${tries}`);
    return 'done';
  };
  return { work, tries: () => tries };
}

beforeEach(() => {
  pauses.length = 0;
  jest.spyOn(Math, 'random').mockReturnValue(0.5);
});

describe('what fails', () => {
  test('is tried until it succeeds', async () => {
    const { work, tries } = failing(2);
    expect(await retrying(work, { attempts: 3, firstPauseMs: 10, worthwhile: always })).toBe('done');
    expect(tries()).toBe(3);
  });

  test('is given up after so many tries, with the last error, and nobody waits for nothing', async () => {
    const { work, tries } = failing(9);
    await expect(retrying(work, { attempts: 3, firstPauseMs: 10, worthwhile: always })).rejects.toThrow('try 3');
    expect([tries(), pauses.length]).toEqual([3, 2]);
  });

  test('for good is not tried again', async () => {
    const { work, tries } = failing(1);
    await expect(retrying(work, { attempts: 3, firstPauseMs: 10, worthwhile: () => false })).rejects.toThrow('try 1');
    expect([tries(), pauses]).toEqual([1, []]);
  });

  test('is tried after pauses up to a bound that doubles, and to no longer than the longest', async () => {
    const how = { attempts: 5, firstPauseMs: 10, longestPauseMs: 30, worthwhile: always };
    await retrying(failing(4).work, how);
    expect(pauses).toEqual([5, 10, 15, 15]);
    pauses.length = 0;
    await retrying(failing(4).work, { ...how, longestPauseMs: undefined as never });
    expect(pauses).toEqual([5, 10, 20, 40]);
  });
});

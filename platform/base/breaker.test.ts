import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Breaker } from './breaker.ts';
import { clock } from './clock.ts';

const NOW = Date.UTC(2026, 0, 1);
const at = (ms: number) => jest.spyOn(clock, 'now').mockReturnValue(NOW + ms);

let breaker: Breaker;
const fail = (times: number) => {
  for (let i = 0; i < times; i += 1) breaker.failed();
};

beforeEach(() => {
  breaker = new Breaker({ failures: 5, openMs: 2_000 });
  at(0);
});
afterEach(() => {
  jest.restoreAllMocks();
});

test('a circuit opens with the fifth failure in a row, and not with five that were not in a row', () => {
  fail(4);
  expect(breaker.admits()).toBe(true);
  breaker.succeeded();
  fail(4);
  expect(breaker.admits()).toBe(true);
  fail(1);
  expect(breaker.admits()).toBe(false);
});

test('an open circuit lets one trial through after two seconds, and the next two seconds later', () => {
  fail(5);
  at(1_999);
  expect(breaker.admits()).toBe(false);
  at(2_000);
  expect([breaker.admits(), breaker.admits()]).toEqual([true, false]);
  at(4_000);
  expect(breaker.admits()).toBe(true);
});

test('a trial that fails opens it for two seconds more, one that succeeds closes it', () => {
  fail(5);
  at(3_000);
  expect(breaker.admits()).toBe(true);
  fail(1);
  at(4_999);
  expect(breaker.admits()).toBe(false);
  at(5_000);
  expect(breaker.admits()).toBe(true);
  breaker.succeeded();
  expect([breaker.admits(), breaker.admits()]).toEqual([true, true]);
});

test('it says in how many whole seconds to come back, one at least', () => {
  expect(breaker.retryAfter).toBe(1);
  fail(5);
  expect(breaker.retryAfter).toBe(2);
  at(900);
  expect(breaker.retryAfter).toBe(2);
  at(1_000);
  expect(breaker.retryAfter).toBe(1);
  at(60_000);
  expect(breaker.retryAfter).toBe(1);
});

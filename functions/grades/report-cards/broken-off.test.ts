import { beforeAll, expect, test } from '@jest/globals';
import { clock } from '../../../platform/base/clock.ts';
import { dynamo } from '../../../platform/data/client.ts';
import { intervening, sdkError } from '../../../tests/support/faults.ts';
import { cardsOf, close, mother, publish, results, world } from '../../../tests/support/published.ts';
import { ask, asked, classOf } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';

beforeAll(async () => {
  await createContext('grades');
});

test('of a large class whose publication broke off, the same call publishes the rest, and nothing twice', async () => {
  const name = 'Amphithéâtre';
  const ids = await classOf(110, name, { guardians: ['mother'] });
  await asked('PATCH /terms/default', { open: false, class_names: [name] });
  const call = () => ask('POST /classes/amphitheatre/report-cards', { term: 'default' });
  let written = 0;
  const breaking = (command: string, proceed: () => Promise<unknown>) => {
    if (command === 'TransactWriteItems') written += 1;
    return command === 'TransactWriteItems' && written > 1 ? Promise.reject(sdkError('TimeoutError')) : proceed();
  };
  const broken = await intervening(dynamo, breaking, call);
  expect(broken.status).toBe(503);
  const there = async () => {
    const counts: number[] = [];
    for (const id of ids) counts.push((await cardsOf(id, mother)).length);
    return counts;
  };
  const first = (await there()).filter((count) => count === 1).length;
  expect(first).toBeGreaterThan(40);
  expect(first).toBeLessThan(50);
  const { status, body } = await call();
  expect(status).toBe(200);
  const outcomes = Object.values(results(body));
  expect(outcomes.filter((one) => one === 'unchanged')).toHaveLength(first);
  expect(outcomes.filter((one) => one === 'new')).toHaveLength(ids.length - first);
  expect(new Set(await there())).toEqual(new Set([1]));
});

test('a published card is kept for as many years as the law asks, and is gone after that', async () => {
  const here = await world(1);
  await close(here.first);
  await publish(here, here.first);
  const [id = 0] = here.ids;
  const now = clock.now;
  const inYears = (years: number) => () => now() + years * 365.25 * 24 * 3600 * 1000;
  try {
    clock.now = inYears(9.99);
    expect(await cardsOf(id)).toHaveLength(1);
    clock.now = inYears(10.01);
    expect(await cardsOf(id)).toEqual([]);
  } finally {
    clock.now = now;
  }
});

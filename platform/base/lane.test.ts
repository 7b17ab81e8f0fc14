import { expect, test } from '@jest/globals';
import { Lane } from './lane.ts';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Work that goes on until it is let go, and tells how many were ever at it at once. */
function heldWork() {
  const held: (() => void)[] = [];
  let most = 0;
  const work = async () => {
    await new Promise<void>((resolve) => {
      most = Math.max(most, held.push(resolve));
    });
  };
  return { work, most: () => most, letGo: () => held.shift()?.() };
}

test('has so many at work at once, so many wait, and refuses the others before they begin', async () => {
  const lane = new Lane({ atOnce: 2, waiting: 3 });
  const { work, most, letGo } = heldWork();
  const all = Array.from({ length: 8 }, () => lane.run(work));
  const refused = await Promise.allSettled(all.slice(5));
  for (const one of refused)
    expect(one).toMatchObject({ status: 'rejected', reason: { code: 'busy', kind: { status: 503 }, retryAfter: 1 } });
  expect(lane.taken).toBe(5);
  for (let left = 5; left > 0; left -= 1) {
    await tick();
    letGo();
  }
  await Promise.all(all.slice(0, 5));
  expect([most(), lane.taken]).toEqual([2, 0]);
});

test('goes on after work that fails, and says of itself what it is told to', async () => {
  const lane = new Lane({ atOnce: 1, waiting: 0, full: () => new Error('come back') });
  const failing = lane.run(async () => {
    throw new Error('of its own');
  });
  await expect(lane.run(async () => 1)).rejects.toThrow('come back');
  await expect(failing).rejects.toThrow('of its own');
  await tick();
  await expect(lane.run(async () => 1)).resolves.toBe(1);
});

import { expect, test } from '@jest/globals';
import { fc } from '../../tests/support/draws.ts';
import { type KeyText, key } from './key.ts';
import { type Paging, pageOf } from './page.ts';
import type { Key } from './write.ts';

const at = (i: number): Key => ({ pk: key`list`, sk: `${i}` as KeyText });

/** A list of numbers, of which only some are shown; counts what is read. */
function listOf(length: number, isShown: (i: number) => boolean) {
  const sizes: number[] = [];
  const page = (paging: Paging, further?: number) =>
    pageOf<number, number>(paging, {
      read: async ({ limit, after }) => {
        sizes.push(limit);
        const first = after ? Number(after.sk) + 1 : 0;
        const items = Array.from({ length: Math.max(0, Math.min(limit, length - first)) }, (_, i) => first + i);
        // As DynamoDB does, which does not look beyond what it was asked for.
        return { items, next: items.length === limit ? at(first + limit - 1) : undefined };
      },
      shown: (items) => items.map((i) => (isShown(i) ? i : undefined)),
      position: at,
      further,
    });
  return { page, sizes };
}

test('pages show every item once, in order, and a list that passes nothing over has no empty page', async () => {
  const sizes = fc.record({
    length: fc.nat(40),
    limit: fc.integer({ min: 1, max: 12 }),
    every: fc.integer({ min: 1, max: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(sizes, async ({ length, limit, every }) => {
      const { page } = listOf(length, (i) => i % every === 0);
      const seen: number[] = [];
      let after: Key | undefined;
      do {
        const { items, next } = await page({ limit, after });
        expect(items.length).toBeLessThanOrEqual(limit);
        if (length > 0) expect(items).not.toEqual([]);
        seen.push(...items);
        after = next;
      } while (after);
      expect(seen).toEqual(Array.from({ length }, (_, i) => i).filter((i) => i % every === 0));
    }),
  );
});

test.each([
  [5, [6]],
  [6, [6]],
  [20, [6]],
])('a page of 5 out of %i is one read of one item more', async (length, reads) => {
  const { page, sizes } = listOf(length, () => true);
  await page({ limit: 5, after: undefined });
  expect(sizes).toEqual(reads);
});

test('a page for which little passes reads a bounded number of items, and goes on after them', async () => {
  const { page, sizes } = listOf(1000, (i) => i % 100 === 0);
  const { items, next } = await page({ limit: 5, after: undefined }, 20);
  expect(sizes).toEqual([6, 20, 20, 20, 20]);
  expect(items).toEqual([0]);
  expect(next).toEqual(at(85));
});

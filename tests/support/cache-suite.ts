import { beforeEach, describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { cutToKeyPart } from '../../platform/base/key-part.ts';
import type { Cache, Cached, Computed } from '../../platform/cache/cache.ts';
import { key } from '../../platform/data/key.ts';
import { until } from '../../project/until.ts';

const Board = z.object({ title: z.string(), marks: z.array(z.number()) });
type Board = z.output<typeof Board>;

/** A board by this title. */
const board = (title: string): Board => ({ title, marks: [12, 15.25] });

let boards = 0;

/**
 * What a cache promises, wherever its values lie: the same tests for each store.
 * @param open gives the cache, once everything that it stands on is there
 */
export function describeCache(where: string, open: () => Cache): void {
  describe(`a cache in ${where}`, () => {
    let name = '';
    let generation: number | string | undefined;
    let computations = 0;
    beforeEach(() => {
      boards += 1;
      name = `board ${boards} of ${process.pid}: L’été`;
      generation = 1;
      computations = 0;
    });

    const scope = (schema = Board, seconds = 60) => ({
      key: key`class:stats:${cutToKeyPart(name)}`,
      seconds,
      schema,
      generation: async () => generation,
    });
    const computing = (computed: Computed<Board>) => async () => {
      computations += 1;
      return computed;
    };
    const read = (title: string, keep = true): Promise<Cached<Board>> =>
      open().read(scope(), computing({ value: board(title), keep }));

    test('gives again what was computed, and computes it once', async () => {
      expect(await read('first')).toEqual({ value: board('first'), hit: false, generation: 1 });
      expect(await read('second')).toEqual({ value: board('first'), hit: true, generation: 1 });
      expect(computations).toBe(1);
    });

    test('gives nothing of another generation, later or earlier, and goes on with the new one', async () => {
      await read('first');
      generation = 2;
      expect(await read('second')).toMatchObject({ value: { title: 'second' }, hit: false, generation: 2 });
      expect(await read('third')).toMatchObject({ value: { title: 'second' }, hit: true });
      generation = 'a hash';
      expect(await read('fourth')).toMatchObject({ value: { title: 'fourth' }, hit: false });
      generation = 1;
      expect(await read('fifth')).toMatchObject({ value: { title: 'fifth' }, hit: false });
    });

    test('counts what was computed under the generation that was read before, though a write came between', async () => {
      const { hit } = await open().read(scope(), async () => {
        generation = 2;
        return { value: board('half old'), keep: true };
      });
      expect(hit).toBe(false);
      expect(await read('new')).toMatchObject({ value: { title: 'new' }, hit: false });
    });

    test('shows what may not be kept once, and keeps it never', async () => {
      expect(await read('torn', false)).toMatchObject({ value: { title: 'torn' }, hit: false });
      expect(await read('whole')).toMatchObject({ value: { title: 'whole' }, hit: false });
      expect(await read('later')).toMatchObject({ value: { title: 'whole' }, hit: true });
    });

    test('keeps nothing where there is no generation', async () => {
      generation = undefined;
      for (const title of ['first', 'second'])
        expect(await read(title)).toMatchObject({ value: { title }, hit: false });
      generation = 1;
      expect(await read('third')).toMatchObject({ hit: false });
    });

    test('passes over what was kept in another shape', async () => {
      await read('first');
      const Wider = Board.extend({ rank: z.int() });
      const wider = { ...board('second'), rank: 3 };
      const again = await open().read({ ...scope(), schema: Wider }, async () => ({ value: wider, keep: true }));
      expect(again).toMatchObject({ value: wider, hit: false });
    });

    test('lets go of a value on demand', async () => {
      await read('first');
      await open().drop(scope().key);
      expect(await read('second')).toMatchObject({ value: { title: 'second' }, hit: false });
      await open().drop(key`class:stats:nobody`);
    });

    test('forgets a value once its time is over, and no other', async () => {
      await read('longer');
      const brief = { ...scope(Board, 1), key: key`class:stats:${cutToKeyPart(name)}:brief` };
      await open().read(brief, computing({ value: board('first'), keep: true }));
      await until(async () => !(await open().read(brief, computing({ value: board('second'), keep: false }))).hit);
      expect(await read('third')).toMatchObject({ value: { title: 'longer' }, hit: true });
    });

    test('keeps two keys apart', async () => {
      const other = { ...scope(), key: key`class:stats:${cutToKeyPart(name)}:public` };
      await read('first');
      const { hit } = await open().read(other, computing({ value: board('second'), keep: true }));
      expect(hit).toBe(false);
      expect(await read('third')).toMatchObject({ value: { title: 'first' }, hit: true });
    });

    test('holds a value of 100 KB, and does without one that is too large to keep', async () => {
      for (const [size, kept] of [
        [100_000, true],
        [10_000_000, false],
      ] as const) {
        const title = 'x'.repeat(size);
        await read(title);
        expect([size, (await read('again')).hit]).toEqual([size, kept]);
        generation = 2;
      }
    });

    test('tells its caller’s errors, and keeps none of them', async () => {
      const failing = async () => {
        throw new Error('the table is gone');
      };
      await expect(open().read(scope(), failing)).rejects.toThrow('the table is gone');
      await expect(
        open().read({ ...scope(), generation: failing }, computing({ value: board('x'), keep: true })),
      ).rejects.toThrow('gone');
      expect(await read('first')).toMatchObject({ hit: false });
    });

    test('serves a crowd that comes at once: each the value, none an error', async () => {
      const crowd = await Promise.all(Array.from({ length: 100 }, () => read('first')));
      expect(crowd.map(({ value }) => value.title)).toEqual(Array.from({ length: 100 }, () => 'first'));
      expect(await read('second')).toMatchObject({ hit: true });
    });
  });
}

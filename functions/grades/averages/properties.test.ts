import { describe, expect, test } from '@jest/globals';
import { fc } from '../../../tests/support/draws.ts';
import {
  type CardByHand,
  cardByHand,
  type Fraction,
  fraction,
  isAbove,
  printed,
  type Sheet,
  written,
  yearByHand,
} from '../../../tests/support/pocket-calculator.ts';
import { anyClassroom, cardFrom, figuresOf, sheetsOf } from '../../../tests/support/report-cards.ts';
import type { General } from './card.ts';
import { rankingOf } from './ranking.ts';
import { statisticsOf } from './statistics.ts';
import { overTerms } from './terms.ts';
import type { Assessment, Figure, Result, Scale } from './vocabulary.ts';

/** Classes of one to five, some three times as many cards; `CAMPUS_CLASSES=34000` for a hundred thousand. */
const CLASSES = { numRuns: Number(process.env.CAMPUS_CLASSES ?? 4000) };
const RUNS = { numRuns: 600 };

const orNone = (figure: Figure | undefined) => (figure === undefined ? undefined : written(figure));

/** A member's rank by hand: one more than how many of those ranked are above. */
function ranksByHand(sheets: readonly Sheet[], cards: readonly CardByHand[]): (number | null)[] {
  const needs = (at: number) => fraction(String(sheets[at]?.programme.rank_needs));
  const share = (at: number): Fraction => {
    const { n, d } = fraction(cards[at]?.general ?? '0');
    return { n, d: d * BigInt(sheets[at]?.programme.scale ?? 1) };
  };
  const isRanked = ({ general, covered, taken }: CardByHand, at: number) =>
    general !== undefined && !isAbove({ n: taken.n * needs(at).n, d: taken.d * 100n }, covered);
  const ranked = [...cards.keys()].filter((at) => isRanked(cards[at] as CardByHand, at));
  return [...cards.keys()].map((at) =>
    ranked.includes(at) ? 1 + ranked.filter((other) => isAbove(share(other), share(at))).length : null,
  );
}

const ranksOf = (sheets: readonly Sheet[]): Map<number, number | null> => {
  const standings = sheets.map((sheet, student) => ({ ...cardFrom(sheet), student, programme: sheet.programme }));
  return new Map(rankingOf(standings).members.map(({ student, rank }) => [student, rank]));
};

describe('against a pocket calculator', () => {
  test('every figure of every card, and every rank, is the same', () => {
    const property = fc.property(anyClassroom, (classroom) => {
      const sheets = sheetsOf(classroom);
      const byHand = sheets.map(cardByHand);
      for (const [at, sheet] of sheets.entries()) {
        const card = cardFrom(sheet);
        expect(figuresOf(card)).toEqual(byHand[at]?.figures);
        expect(orNone(card.general)).toBe(byHand[at]?.general);
      }
      const ranks = ranksOf(sheets);
      expect(sheets.map((_, at) => ranks.get(at))).toEqual(ranksByHand(sheets, byHand));
    });
    fc.assert(property, CLASSES);
  });

  test('ranks are the same across classes of different scales', () => {
    const property = fc.property(fc.array(anyClassroom, { minLength: 2, maxLength: 4 }), (classrooms) => {
      const sheets = classrooms.flatMap(sheetsOf);
      const ranks = ranksOf(sheets);
      expect(sheets.map((_, at) => ranks.get(at))).toEqual(ranksByHand(sheets, sheets.map(cardByHand)));
    });
    fc.assert(property, RUNS);
  });

  const scale = fc.constantFrom<Scale>(20, 10, 100);
  const figures = scale.chain((top) =>
    fc.record({
      scale: fc.constant(top),
      figures: fc.array(fc.option(fc.integer({ min: 0, max: top * 100 }), { nil: undefined }), { maxLength: 40 }),
    }),
  );

  test('terms make the year', () => {
    const term = scale.chain((top) =>
      fc.record({
        general: fc.option(fc.integer({ min: 0, max: top * 100 }), { nil: undefined }),
        weight: fc.integer({ min: 1, max: 10_000 }),
        scale: fc.constant(top),
        coverage: fc.constant<General['coverage']>({ covered: 1n, taken: 1n }),
      }),
    );
    const property = fc.property(fc.array(term, { maxLength: 6 }), scale, (terms, top) => {
      const sheet = terms.map((one) => ({ ...one, general: orNone(one.general), weight: written(one.weight) }));
      expect(orNone(overTerms(terms, top).general)).toBe(yearByHand(sheet, top));
    });
    fc.assert(property, RUNS);
  });

  test('mean, median, deviation, pass rate and histogram are the same', () => {
    const property = fc.property(figures, fc.integer({ min: 0, max: 2000 }), (members, pass_mark) => {
      const told = statisticsOf(members.figures, { scale: members.scale, pass_mark });
      const some = members.figures.filter((figure) => figure !== undefined).map((figure) => BigInt(figure));
      const n = BigInt(some.length);
      expect(told.count).toBe(some.length);
      const edge = (bin: number) => BigInt((bin * members.scale * 100) / 20);
      const within = (bin: number) => (x: bigint) => x >= edge(bin) && (x < edge(bin + 1) || bin === 19);
      expect(told.histogram).toEqual(Array.from({ length: 20 }, (_, bin) => some.filter(within(bin)).length));
      if (n === 0n) return expect(told.distribution).toBeUndefined();
      const sum = some.reduce((all, x) => all + x, 0n);
      const squares = some.reduce((all, x) => all + (n * x - sum) ** 2n, 0n);
      const deviation = BigInt(told.distribution?.standard_deviation ?? -1);
      // Rounded half up: the variance lies between the squares of half a hundredth less, and half a hundredth more.
      expect((2n * deviation + 1n) ** 2n * n ** 3n > 4n * squares).toBe(true);
      expect(deviation === 0n || (2n * deviation - 1n) ** 2n * n ** 3n <= 4n * squares).toBe(true);
      const rank = some.toSorted((a, b) => Number(a - b));
      const middle = (rank[Math.floor((some.length - 1) / 2)] ?? 0n) + (rank[Math.ceil((some.length - 1) / 2)] ?? 0n);
      const passed = BigInt(some.filter((x) => x >= pass_mark).length);
      const { mean = -1, median = -1, pass_rate = -1 } = told.distribution ?? {};
      expect(written(mean)).toBe(printed({ n: sum, d: 100n * n }));
      expect(written(median)).toBe(printed({ n: middle, d: 200n }));
      expect(written(pass_rate)).toBe(printed({ n: 100n * passed, d: n }));
    });
    fc.assert(property, RUNS);
  });
});

/** A class with one of its sheets, and a place in it. */
const anySheet = anyClassroom.chain((classroom) => fc.constantFrom(...sheetsOf(classroom)));
const anySheetAndPlace = anySheet
  .filter(({ results }) => results.length > 0)
  .chain((sheet) => fc.tuple(fc.constant(sheet), fc.nat({ max: sheet.results.length - 1 })));

const replaced = (sheet: Sheet, at: number, result: Result | undefined): Sheet => ({
  ...sheet,
  results: sheet.results.map(([assessment, old], place) => [assessment, place === at ? result : old] as const),
});

const shuffled = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });

describe('a card', () => {
  test('falls nowhere when a score rises, and rises nowhere when one is taken as missing', () => {
    const property = fc.property(anySheetAndPlace, fc.nat(), fc.nat(), ([sheet, at], one, other) => {
      const most = (sheet.results[at]?.[0].out_of ?? 0) + 1;
      const [low, high] = [one % most, other % most].sort((a, b) => a - b) as [number, number];
      const before = cardFrom(replaced(sheet, at, { score: low }));
      const after = cardFrom(replaced(sheet, at, { score: high }));
      const missing = cardFrom(replaced(sheet, at, { status: 'missing' }));
      const [printedMissing, printedBefore, printedAfter] = [missing, before, after].map(figuresOf);
      expect(Object.keys(printedBefore ?? {})).toEqual(Object.keys(printedAfter ?? {}));
      for (const [path, figure] of Object.entries(printedBefore ?? {})) {
        expect(Number(printedAfter?.[path])).toBeGreaterThanOrEqual(Number(figure));
        expect(Number(printedMissing?.[path])).toBeLessThanOrEqual(Number(figure));
      }
      expect(after.general ?? -1).toBeGreaterThanOrEqual(before.general ?? -1);
    });
    fc.assert(property, RUNS);
  });

  test('is the same in whatever order results were entered and subjects are listed', () => {
    const reordered = anySheet.chain((sheet) =>
      fc.record({
        sheet: fc.constant(sheet),
        results: shuffled(sheet.results),
        subjects: shuffled(sheet.programme.subjects),
      }),
    );
    const property = fc.property(reordered, ({ sheet, results, subjects }) => {
      const other = { ...sheet, results, programme: { ...sheet.programme, subjects } };
      expect(figuresOf(cardFrom(other))).toEqual(figuresOf(cardFrom(sheet)));
      expect(cardFrom(other).general).toBe(cardFrom(sheet).general);
      expect(cardFrom(other).coverage).toEqual(cardFrom(sheet).coverage);
    });
    fc.assert(property, RUNS);
  });

  test('is the same with an exempt, an absent or an unmarked result as without it', () => {
    const status = fc.constantFrom<Result | undefined>({ status: 'exempt' }, { status: 'absent' }, undefined);
    const property = fc.property(anySheetAndPlace, status, ([sheet, at], result) => {
      const without = { ...sheet, results: sheet.results.filter((_, place) => place !== at) };
      expect(cardFrom(replaced(sheet, at, result))).toEqual(cardFrom(without));
    });
    fc.assert(property, RUNS);
  });

  test('has no figure above the scale or below 0, and whole hundredths only', () => {
    const property = fc.property(anySheet, (sheet) => {
      const card = cardFrom(sheet);
      for (const figure of [...Object.values(figuresOf(card)), orNone(card.general) ?? '0.00']) {
        expect(figure).toMatch(/^\d+\.\d\d$/);
        expect(Number(figure)).toBeLessThanOrEqual(sheet.programme.scale);
      }
    });
    fc.assert(property, RUNS);
  });

  test('of a plain list of equal weights is its plain mean', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 50 });
    const property = fc.property(scores, fc.integer({ min: 1, max: 10_000 }), (list, coefficient) => {
      const plain: Assessment = { out_of: 2000, coefficient, counts: 'always' };
      const programme = { subjects: [], categories: [], scale: 20, pass_mark: 1000, rank_needs: 50 } as const;
      const card = cardFrom({ programme, student: 1, results: list.map((score) => [plain, { score }] as const) });
      const sum = list.reduce((all, score) => all + score, 0);
      expect(written(card.general ?? -1)).toBe(printed({ n: BigInt(sum), d: 100n * BigInt(list.length) }));
    });
    fc.assert(property, RUNS);
  });
});

describe('a ranking', () => {
  const standing = fc.record({
    student: fc.nat(),
    general: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
    coverage: fc.record({ covered: fc.bigInt({ min: 0n, max: 4n }), taken: fc.constant(4n) }),
    programme: fc.record({ scale: fc.constantFrom<Scale>(20, 10, 100), rank_needs: fc.constantFrom(0, 50, 100) }),
  });

  test('breaks no true tie, and ranks nobody equal who is not', () => {
    const property = fc.property(fc.array(standing, { maxLength: 30 }), (standings) => {
      const { members, ranked } = rankingOf(standings);
      const placed = members.filter(({ rank }) => rank !== null);
      expect(placed).toHaveLength(ranked);
      for (const one of placed)
        for (const other of placed) {
          const isEqual = (one.general ?? 0) * other.programme.scale === (other.general ?? 0) * one.programme.scale;
          expect(one.rank === other.rank).toBe(isEqual);
        }
    });
    fc.assert(property, { numRuns: 200 });
  });

  test('gives everybody the same rank in whatever order they are listed', () => {
    const listed = fc.uniqueArray(standing, { selector: ({ student }) => student, maxLength: 12 });
    const property = fc.property(
      listed.chain((list) => fc.tuple(fc.constant(list), shuffled(list))),
      ([list, other]) => {
        const ranks = (standings: typeof list) =>
          new Map(rankingOf(standings).members.map(({ student, rank }) => [student, rank]));
        expect(ranks(other)).toEqual(ranks(list));
      },
    );
    fc.assert(property, RUNS);
  });
});

import { describe, expect, test } from '@jest/globals';
import { entryFor, type Given } from '../../../tests/support/report-cards.ts';
import { type Card, cardOf } from './card.ts';
import { overTerms } from './terms.ts';
import type { Programme } from './vocabulary.ts';

const flat: Programme = { subjects: [], categories: [], scale: 20, pass_mark: 1000, rank_needs: 50 };

const card = (programme: Partial<Programme>, given: readonly Given[], student = 1): Card =>
  cardOf({ ...flat, ...programme }, student, given.map(entryFor));

const figureOf = ({ subjects }: Card, name?: string) => subjects.find((line) => line.name === name)?.figure;

describe('the example of the school’s own rule', () => {
  const programme = {
    subjects: [
      { name: 'Maths', coefficient: 400 },
      { name: 'French', coefficient: 300 },
    ],
    categories: [
      { name: 'devoirs', weight: 100 },
      { name: 'composition', weight: 100 },
    ],
  };
  const first = card(programme, [
    [{ subject: 'Maths', category: 'devoirs' }, 11],
    [{ subject: 'Maths', category: 'devoirs', out_of: 1000 }, 6],
    [{ subject: 'Maths', category: 'composition' }, 9],
    [{ subject: 'French', category: 'devoirs' }, 10.33],
  ]);

  test('comes out to the digit, from the results to the semester', () => {
    expect(first.subjects[0]?.categories.map(({ figure }) => figure)).toEqual([1150, 900]);
    expect(figureOf(first, 'Maths')).toBe(1025);
    expect(figureOf(first, 'French')).toBe(1033);
    expect(first.general).toBe(1028);
  });

  test('and to the year', () => {
    const second = { general: 1130, coverage: { covered: 700n, taken: 700n } };
    const terms = [first, second].map((term) => ({ ...term, weight: 100, scale: 20 as const }));
    expect(overTerms(terms, 20).general).toBe(1079);
  });
});

describe('categories', () => {
  test('stand on no line of a class that has none, nor on that of a subject with parts', () => {
    const parts = [
      { name: 'French', coefficient: 100 },
      { name: 'oral', coefficient: 100, parent: 'French' },
    ];
    for (const subjects of [[], parts])
      expect(card({ subjects }, [[{}, 10]]).subjects.map((line) => line.categories)).toEqual(
        subjects.length > 0 ? [[], []] : [[]],
      );
  });

  const categories = [
    { name: 'devoirs', weight: 100 },
    { name: 'composition', weight: 300 },
  ];

  test('take a mark that names none, or one that is no more, into the first', () => {
    const { subjects } = card({ categories }, [
      [{}, 10],
      [{ category: 'dropped' }, 13],
      [{ category: 'composition' }, 8],
    ]);
    expect(subjects[0]?.categories.map(({ figure }) => figure)).toEqual([1150, 800]);
    expect(subjects[0]?.figure).toBe(888);
  });

  test('are rounded on the way, as whoever recomputes it does: 10.005 and 10 are not 10.0025', () => {
    const given: Given[] = [
      [{}, 10.01],
      [{}, 10],
      [{ category: 'composition' }, 10],
    ];
    const halves = [
      { name: 'devoirs', weight: 100 },
      { name: 'composition', weight: 100 },
    ];
    expect(card({ categories: halves }, given).general).toBe(1001);
  });

  test('without a figure drop out with their weight', () => {
    expect(
      card({ categories }, [
        [{ category: 'composition' }, 'absent'],
        [{}, 13],
      ]).general,
    ).toBe(1300);
  });
});

describe('subjects', () => {
  const French = { name: 'French', coefficient: 200 };
  const oral = { name: 'oral', coefficient: 100, parent: 'French' };
  const dictation = { name: 'dictation', coefficient: 300, parent: 'French' };

  test('are the mean of their parts, and of the marks on themselves as one part of coefficient 1', () => {
    const given: Given[] = [
      [{ subject: 'oral' }, 12],
      [{ subject: 'dictation' }, 8],
    ];
    const subjects = [French, oral, dictation];
    expect(figureOf(card({ subjects }, given), 'French')).toBe(900);
    const own = card({ subjects }, [...given, [{ subject: 'French' }, 20], [{ subject: 'French' }, 18]]);
    expect(own.subjects[0]?.parts.map(({ name, figure }) => [name, figure])).toEqual([
      ['oral', 1200],
      ['dictation', 800],
      [undefined, 1900],
    ]);
    expect(figureOf(own, 'French')).toBe(1100);
  });

  test('that the programme does not know are of coefficient 1, and so are marks without one', () => {
    const { general, subjects } = card({ subjects: [French] }, [
      [{ subject: 'French' }, 10],
      [{ subject: 'Choir' }, 16],
      [{}, 18],
      [{}, 20],
      [{ subject: 'Chess' }, 'exempt'],
    ]);
    expect(subjects.map(({ name, figure, weight }) => [name, figure, weight])).toEqual([
      ['French', 1000, 200],
      ['Choir', 1600, 100],
      [undefined, 1900, 100],
    ]);
    expect(general).toBe(1375);
  });

  test('that others took count for them alone', () => {
    const subjects = [French, { name: 'Latin', coefficient: 100, students: [2] }];
    const given: Given[] = [
      [{ subject: 'French' }, 10],
      [{ subject: 'Latin' }, 16],
    ];
    expect(card({ subjects }, given, 1).general).toBe(1000);
    expect(card({ subjects }, given, 2).general).toBe(1200);
    expect(card({ subjects }, given, 1).coverage).toEqual({ covered: 200n, taken: 200n });
    expect(card({ subjects }, given, 2).coverage).toEqual({ covered: 300n, taken: 300n });
  });

  test('as a bonus add what exceeds half, weigh nothing, and carry no rank', () => {
    const subjects = [French, { name: 'Sport', coefficient: 100, counts: 'bonus' as const }];
    const both = card({ subjects }, [
      [{ subject: 'French' }, 10],
      [{ subject: 'Sport' }, 15],
    ]);
    expect(both.general).toBe(1250);
    expect(both.coverage).toEqual({ covered: 200n, taken: 200n });
    const sportAlone = card({ subjects }, [[{ subject: 'Sport' }, 15]]);
    expect([figureOf(sportAlone, 'Sport'), sportAlone.general]).toEqual([1500, undefined]);
    expect(sportAlone.coverage).toEqual({ covered: 0n, taken: 200n });
  });

  test('that never count are shown', () => {
    const subjects = [French, { name: 'Conduct', coefficient: 900, counts: 'never' as const }];
    const shown = card({ subjects }, [
      [{ subject: 'French' }, 10],
      [{ subject: 'Conduct' }, 20],
    ]);
    expect([figureOf(shown, 'Conduct'), shown.general]).toEqual([2000, 1000]);
  });
});

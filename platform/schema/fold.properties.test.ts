import { describe, expect, test } from '@jest/globals';
import corpus from '../../tests/corpora/names.json' with { type: 'json' };
import { fc } from '../../tests/support/draws.ts';
import { ALIKE_IN_ARABIC, ALPHABETS, beginningsOf, namesIn } from '../../tests/support/names.ts';
import { fold, wordsOf } from './fold.ts';
import { line } from './text.ts';

const Name = line(200);

/** As keyboards, files and clipboards have one text. */
const spellingsOf = (text: string): string[] => [
  text,
  text.normalize('NFC'),
  text.normalize('NFD'),
  text.toUpperCase(),
  text.toLowerCase(),
  ` ${text}\u00a0`,
  text.replaceAll("'", '’'),
  text.replaceAll('’', 'ʼ'),
  text.replaceAll(' ', '\u2003'),
  text.replaceAll('-', '\u2011'),
  `\u2068${text}\u2069`,
];

// The root of Unicode's collation (UTS 10): what differs there in more than accents and case are two names.
const collator = new Intl.Collator('und', { sensitivity: 'base', ignorePunctuation: false });

const bySortKey = (a: string, b: string): number => Buffer.compare(Buffer.from(fold(a)), Buffer.from(fold(b)));

describe.each(Object.entries(ALPHABETS))('of generated names in %s', (_, alphabet) => {
  test('each is found by its own spelling, by every other, and by its beginnings', () => {
    fc.assert(
      fc.property(namesIn(alphabet), (typed) => {
        const { success, data: stored = '' } = Name.safeParse(typed);
        if (!success) return;
        const found = fold(stored);
        expect(spellingsOf(typed).filter((spelling) => fold(spelling) !== found)).toEqual([]);
        expect(beginningsOf(stored).filter((beginning) => !found.startsWith(fold(beginning)))).toEqual([]);
      }),
    );
  });

  test('folding is idempotent, and a word is a word of what is folded', () => {
    fc.assert(
      fc.property(namesIn(alphabet), (name) => {
        expect(fold(fold(name))).toBe(fold(name));
        expect(wordsOf(fold(name))).toEqual(wordsOf(name));
      }),
    );
  });

  test('two that a reader takes for different are not folded into one', () => {
    const letters = fc.constantFrom(...alphabet.letters, ...alphabet.marks);
    fc.assert(
      fc.property(namesIn(alphabet, false), fc.nat(), letters, (name, at, other) => {
        const characters = [...name];
        characters[at % characters.length] = other;
        const changed = characters.join('');
        if (ALIKE_IN_ARABIC.test(changed)) return;
        if (collator.compare(name, changed) !== 0) expect([changed, fold(changed)]).not.toEqual([changed, fold(name)]);
      }),
      { numRuns: 500 },
    );
  });
});

test('folding twice changes no character of the Basic Multilingual Plane, nor what stands around it', () => {
  const all = Array.from({ length: 0xfffe }, (_, code) => `и${String.fromCodePoint(code)}a`);
  expect(all.filter((text) => fold(fold(text)) !== fold(text))).toEqual([]);
});

test.each(Object.entries(corpus))('names of %s: each is found by itself, and by no other than itself', (_, names) => {
  expect(new Set(names.map(fold)).size).toBe(names.length);
  for (const name of names) {
    const stored = Name.parse(name);
    for (const spelling of spellingsOf(name)) expect(fold(spelling)).toBe(fold(stored));
    for (const beginning of beginningsOf(stored)) expect(fold(stored).startsWith(fold(beginning))).toBe(true);
  }
});

test('Latin names come in the order of the collation', () => {
  const letters = [...'abceiouzÀÉœæøłßç'];
  const names = namesIn({ letters, marks: [] }).map((name) => name.replace(/['’]/g, '-'));
  const ordered = new Intl.Collator('fr', { sensitivity: 'base' });
  fc.assert(
    fc.property(fc.array(names), (some) => {
      const sorted = some.toSorted(bySortKey);
      expect(sorted.filter((name, i) => i > 0 && ordered.compare(sorted[i - 1] ?? '', name) > 0)).toEqual([]);
    }),
  );
});

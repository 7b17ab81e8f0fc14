import { fc } from './draws.ts';

/** Letters and marks of the Basic Multilingual Plane that a pattern takes, normalised ones only. */
function charactersLike(pattern: RegExp): string[] {
  const all = Array.from({ length: 0xfffe }, (_, code) => String.fromCodePoint(code));
  return all.filter((one) => pattern.test(one) && one.isWellFormed() && one.normalize('NFC') === one);
}

/** What the words of a name are made of. */
export interface Alphabet {
  readonly letters: readonly string[];
  /** What may follow a letter. */
  readonly marks: readonly string[];
}

const ACCENTS = [...'\u0300\u0301\u0302\u0303\u0308\u030a\u030c\u0323\u0327\u0328'];

// Hamza on alef, and letters that keyboards of other languages have in another shape: folding makes them one on purpose.
export const ALIKE_IN_ARABIC = /[آأإٱٲٳٵىیۍېۑکڪةہۀۂۃەہھ]/;

const alphabet = (letters: RegExp, marks: readonly string[] = []): Alphabet => ({
  letters: charactersLike(letters),
  marks,
});

/** An alphabet whose marks are letters as well: vowels, tones and what joins consonants. */
const withItsMarks = (script: string): Alphabet => ({
  letters: charactersLike(new RegExp(`^[\\p{Script=${script}}&&\\p{Lo}]$`, 'v')),
  marks: charactersLike(new RegExp(`^[\\p{Script=${script}}&&\\p{M}]$`, 'v')),
});

/** The alphabets by their names. Letters that folding makes one with others on purpose are left out. */
export const ALPHABETS: Readonly<Record<string, Alphabet>> = {
  Latin: alphabet(/^[A-Za-z]$/, ACCENTS),
  Greek: alphabet(/^[Α-Ωα-ρσ-ω]$/, ['\u0301', '\u0308']),
  Cyrillic: alphabet(/^[А-яіїєґўђѓќјљњћџәғқңөұүһ]$/, ['\u0301']),
  Armenian: alphabet(/^[Ա-Ֆա-ֆ]$/),
  Georgian: alphabet(/^[ა-ჰ]$/),
  Hebrew: alphabet(/^[א-ת]$/, [...'\u05b0\u05b4\u05b7\u05bc']),
  Arabic: alphabet(/^[[\p{Script=Arabic}&&\p{Lo}]--[\ufb50-\ufefc]]$/v, [...'\u064b\u064e\u0650\u0651\u0652']),
  Ethiopic: withItsMarks('Ethiopic'),
  ...Object.fromEntries(
    [
      ...[
        'Devanagari',
        'Bengali',
        'Gurmukhi',
        'Gujarati',
        'Oriya',
        'Tamil',
        'Telugu',
        'Kannada',
        'Malayalam',
        'Sinhala',
      ],
      ...['Thai', 'Lao', 'Khmer', 'Myanmar', 'Tibetan', 'Thaana', 'Hiragana', 'Katakana'],
    ].map((script) => [script, withItsMarks(script)]),
  ),
  Han: alphabet(/^[一-鿿]$/),
  Hangul: alphabet(/^[가-힣]$/),
};

const wordOf = ({ letters, marks }: Alphabet, spelt: boolean): fc.Arbitrary<string> => {
  const some = spelt ? letters : letters.filter((one) => !ALIKE_IN_ARABIC.test(one));
  const mark = marks.length > 0 ? fc.constantFrom(...marks) : fc.constant('');
  const syllable = fc.tuple(fc.constantFrom(...some), fc.option(mark, { nil: '', freq: 3 }));
  return fc.array(syllable, { minLength: 1, maxLength: 6 }).map((all) => all.flat().join(''));
};

const BETWEEN = [' ', '-', "'", '’', '\u00a0', ' ', ' '];

/**
 * Names of one alphabet: words of letters with their marks, and what stands between the words of a name.
 * @param spelt whether letters may be among them that folding makes one with others
 */
export const namesIn = (one: Alphabet, spelt = true): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(wordOf(one, spelt), fc.constantFrom(...BETWEEN)), { minLength: 1, maxLength: 3 })
    .map((words) => words.flat().slice(0, -1).join(''));

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What somebody has typed of a text so far, a character as they see it at a time. */
export function beginningsOf(text: string): string[] {
  const parts = [...graphemes.segment(text)];
  return parts.map(({ index, segment }) => text.slice(0, index + segment.length));
}

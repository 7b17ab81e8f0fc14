/*
 * What is the same to whoever searches or sorts, script by script. docs/text.md has the reasons, and says what to do for
 * one more script.
 */

// Keyboards, word processors and transliterations each have their own; Armenian, Hebrew and N’Ko too.
const APOSTROPHES =
  /[`\u00b4\u02b9\u02bb-\u02bf\u02c8\u02ca\u02cb\u0374\u0384\u055a\u05f3\u07f4\u07f5\u1fbd\u1fbf\u1fef\u1ffd\u1ffe\u2018\u2019\u201b\u2032\u2035\u275b\u275c\ua78b\ua78c\uff07\uff40]/;
const QUOTATION_MARKS =
  /[\u00ab\u00bb\u02ba\u02ee\u05f4\u201c-\u201f\u2033\u2036\u275d\u275e\u300c-\u300f\ufe41-\ufe44\uff02\uff62\uff63]/;
const DASHES = /[\u058a\u05be\u1806\u2010-\u2015\u2212\ufe31\ufe32\ufe58\ufe63\uff0d]/;

/** Letters without a decomposition of their own, as they are written where a keyboard lacks them. */
const SPELT: Readonly<Record<string, string>> = {
  // Western and northern Europe.
  ...{ œ: 'oe', æ: 'ae', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', ħ: 'h', ŧ: 't', ı: 'i', ĸ: 'k', ȷ: 'j' },
  // Western Africa: Wolof, Pulaar, Mandinka, Bambara, Hausa, Ewe, Akan.
  ...{ ŋ: 'ng', ɓ: 'b', ɗ: 'd', ɖ: 'd', ƴ: 'y', ƙ: 'k', ɲ: 'ny', ɛ: 'e', ɔ: 'o', ɠ: 'g', ɣ: 'g', ƒ: 'f', ʋ: 'v' },
  ...{ ɩ: 'i', ʊ: 'u', ɨ: 'i', ʉ: 'u', ƭ: 't', ƥ: 'p', ƈ: 'c', ƀ: 'b', ɍ: 'r', ɏ: 'y', ǝ: 'e', ə: 'e', ƶ: 'z' },
  // The end of a Greek word is where whoever searches stops, or not.
  ς: 'σ',
  // Russian leaves the two dots out more often than not; the grave accent only tells words apart.
  ...{ ё: 'е', ѐ: 'е', ѝ: 'и' },
  // Arabic: the seats of a hamza on alef, and letters that Persian and Urdu keyboards have in another shape.
  ...{ آ: 'ا', أ: 'ا', إ: 'ا', ٱ: 'ا', ى: 'ي', ی: 'ي', ک: 'ك', ة: 'ه', ہ: 'ه', ۀ: 'ه', ۂ: 'ه' },
};

const HAS_ACCENTS = /[\p{Script=Latin}\p{Script=Greek}]/u;

// Accents of any script (what makes another letter, as in й, is one letter with it by now); the vowel points and the
// stretching of Arabic, the points of Hebrew and Syriac. Marks of other scripts, and those that voice a kana, are their
// vowels, tones and letters.
const ACCENTS =
  /[[\p{M}&&[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Cyrillic}]]--[\u3099\u309a]]|\u0640/v;

const isDigit = (code: number): boolean => /^\p{Nd}$/u.test(String.fromCodePoint(code));

/** A decimal digit of any script: each has its ten in a row. */
function inAscii(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (isDigit(code - before - 1)) before += 1;
  return String(before % 10);
}

/** More characters than any school writes with; a stranger may send all there are. */
const MOST_REMEMBERED = 4000;

/** What becomes of a character, found out once for those that come again and again. */
function remembered(find: (character: string) => string): (character: string) => string {
  const known = new Map<string, string>();
  return (character) => {
    const before = known.get(character);
    if (before !== undefined) return before;
    const found = find(character);
    if (known.size < MOST_REMEMBERED) known.set(character, found);
    return found;
  };
}

/** A character in the one spelling of its kind. */
const punctuated = remembered((character) => {
  if (APOSTROPHES.test(character)) return "'";
  if (QUOTATION_MARKS.test(character)) return '"';
  if (DASHES.test(character)) return '-';
  return /^\p{Default_Ignorable_Code_Point}$/u.test(character) ? '' : character;
});

const unaccented = (letter: string): string =>
  HAS_ACCENTS.test(letter)
    ? [...letter.normalize('NFD')].filter((one) => !ACCENTS.test(one)).join('')
    : letter.replace(ACCENTS, '');

/** A small character without its accents, as it is spelt where a keyboard lacks it, digits as ours. */
const plain = remembered((character) => {
  // Compatibility forms hold some: ŉ, ‴.
  const mark = punctuated(character);
  if (mark !== character) return mark;
  if (/^\p{Nd}$/u.test(character)) return inAscii(character);
  const letter = unaccented(character);
  return SPELT[letter] ?? letter;
});

const BEYOND_ASCII = /[`\u0080-\u{10ffff}]/gu;

// Whoever types Korean adds letters to the last syllable: taken apart, what is typed begins what is meant.
const SYLLABLES = /[\uac00-\ud7a3]+/g;

const PLAIN = /^[\x20-\x5f\x61-\x7e]*$/;

const spaced = (text: string): string => text.replace(/\s+/g, ' ').trim();

/**
 * A text as it is compared, searched by its beginning and sorted: without case and accents, each letter, digit and mark of
 * punctuation in one spelling, one space between words. What a reader of the script takes for another letter stays one.
 * Folding twice changes nothing.
 */
export function fold(text: string): string {
  if (PLAIN.test(text)) return spaced(text.toLowerCase());
  const small = text.replace(BEYOND_ASCII, punctuated).normalize('NFKC').toLowerCase().normalize('NFC');
  const folded = small.replace(BEYOND_ASCII, plain).normalize('NFC');
  return spaced(folded.replace(SYLLABLES, (syllables) => syllables.normalize('NFD')));
}

/** The words of a text, folded, in its order. */
export const wordsOf = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean);

import { describe, expect, test } from '@jest/globals';
import { line, paragraph } from './text.ts';

const Name = line(20);

describe('a line of text', () => {
  test.each([
    ['  Élodie ', 'Élodie'],
    ['e\u0301', 'é'],
    ['محمد', 'محمد'],
    ['👩🏽‍🎓', '👩🏽‍🎓'],
    ['<script>', '<script>'],
    ["O'Brien", "O'Brien"],
    ['N’Diaye', 'N’Diaye'],
    ['Awa\u00a0Diop', 'Awa\u00a0Diop'],
  ])('%j is taken as %j', (text, taken) => {
    expect(Name.parse(text)).toBe(taken);
  });

  test.each([
    ['\ufeffAwa Diop', 'Awa Diop'],
    ['Awa Diop\u00a0\u200b', 'Awa Diop'],
    ['Awa Diop\t', 'Awa Diop'],
    ['\u2068Awa Diop\u2069', 'Awa Diop'],
    ['\u202aAwa Diop\u202c', 'Awa Diop'],
    ['\u200eAwa\u200f Diop', 'Awa Diop'],
    ['Ndi\u00adaye', 'Ndiaye'],
    ['Awa\u200d \u200cDiop', 'Awa Diop'],
    ['A\u{e0061}wa', 'Awa'],
    ['\u3164Awa', 'Awa'],
  ])('%j loses what copying left in it', (text, taken) => {
    expect(Name.parse(text)).toBe(taken);
  });

  test.each([
    ['what joins Persian letters', 'علی\u200cرضا'],
    ['what shapes a Sinhala conjunct', 'ශ්\u200dරී'],
    ['what keeps a Kannada vowel apart', 'ರ\u200d್ಯ'],
    ['what shows where Khmer may break', 'សុខ\u200bសាន្ត'],
    ['marks of direction among both directions', 'علي\u200f (12)'],
    ['the shape of a Japanese name', '葛\u{e0100}城'],
    ['the pieces of an emoji', '👨‍👩‍👧 ❤️'],
    ['the tags of a flag', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
  ])('%s is kept', (_, text) => {
    expect(Name.parse(text)).toBe(text);
  });

  test.each([
    '',
    '   ',
    'a\0b',
    'a\nb',
    'a\tb',
    'x'.repeat(21),
    'x'.repeat(10_000),
    '\u202eevil',
    'broken \ufffd',
    '\ud800',
    'refused by SQS \uffff',
    'two\u2028lines',
    '\u200b\u200d',
    '\u3164\u2066\u2069',
    '\ufe0f',
    12,
    null,
  ])('%j is refused', (text) => {
    expect(Name.safeParse(text).success).toBe(false);
  });

  test('is refused once for being empty', () => {
    expect(Name.safeParse(' ').error?.issues.map(({ code }) => code)).toEqual(['too_small']);
  });
});

describe('a text of several lines', () => {
  const Comment = paragraph(40);

  test.each([
    ['Bien.\nContinuez.', 'Bien.\nContinuez.'],
    ['Bien.\r\nContinuez.', 'Bien.\nContinuez.'],
    ['Bien.\rContinuez.', 'Bien.\nContinuez.'],
    ['Bien.\u2028Continuez.\u2029', 'Bien.\nContinuez.'],
    ['\r\n Bien.\r\n\r\n  Continuez. \r\n', 'Bien.\n\n  Continuez.'],
  ])('%j keeps its lines: %j', (text, taken) => {
    expect(Comment.parse(text)).toBe(taken);
  });

  test.each(['a\tb', 'a\0b', 'a\u0085b', 'a\vb', 'a\fb', 'a\u001bb', '\n\n', '\u202eb', 'x\n'.repeat(21)])(
    '%j is refused all the same',
    (text) => {
      expect(Comment.safeParse(text).success).toBe(false);
    },
  );
});

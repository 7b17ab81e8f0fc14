import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Phone } from './phone.ts';
import { Email, fold, line, Username } from './text.ts';

describe('a line of text', () => {
  const Name = line(20);

  test.each([
    ['  Élodie ', 'Élodie'],
    ['e\u0301', 'é'],
    ['محمد', 'محمد'],
    ['👩🏽‍🎓', '👩🏽‍🎓'],
    ['<script>', '<script>'],
    ["O'Brien", "O'Brien"],
  ])('%j is taken as %j', (text, taken) => {
    expect(Name.parse(text)).toBe(taken);
  });

  test.each([
    '',
    '   ',
    'a\0b',
    'a\nb',
    'x'.repeat(21),
    'x'.repeat(10_000),
    '\u202eevil',
    'broken \ufffd',
    '\ud800',
    'refused by SQS \uffff',
    'two\u2028lines',
    '\u200b\u200d',
    12,
    null,
  ])('%j is refused', (text) => {
    expect(Name.safeParse(text).success).toBe(false);
  });

  test('is refused once for being empty', () => {
    expect(Name.safeParse(' ').error?.issues.map(({ code }) => code)).toEqual(['too_small']);
  });
});

describe('a phone number', () => {
  test.each(['77 123 45 67', '+221 77 123 45 67', '00221771234567', '77-123-45-67', '(77) 123.45.67'])(
    '%s is the one +221771234567',
    (text) => {
      expect(Phone.parse(text)).toBe('+221771234567');
    },
  );

  test('keeps its own country code', () => {
    expect(Phone.parse('+33 6 12 34 56 78')).toBe('+33612345678');
  });

  test.each(['', '12', 'call me', '7'.repeat(41), '77 123 45 67 <b>', 771234567])('%j is refused', (text) => {
    expect(Phone.safeParse(text).success).toBe(false);
  });
});

test('an e-mail address is lower-cased', () => {
  expect(Email.parse(' Ana@Example.SN ')).toBe('ana@example.sn');
  expect(Email.safeParse('ana@').success).toBe(false);
});

describe('a username', () => {
  test.each([
    ['Victor', 'victor'],
    ['ﬁona', 'fiona'],
    ['ELODIE.n', 'elodie.n'],
  ])('%s is %s', (text, taken) => {
    expect(Username.parse(text)).toBe(taken);
  });

  test.each(['ab', '.abc', 'a b c', 'a\u200bbc', 'x'.repeat(65), '../etc', 'a#b'])('%j is refused', (text) => {
    expect(Username.safeParse(text).success).toBe(false);
  });

  test('normalising twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = Username.safeParse(text);
        if (once.success) expect(Username.parse(once.data)).toBe(once.data);
      }),
    );
  });
});

test('folding makes accents, case and spaces alike', () => {
  expect(fold('  ÉLODIE   N’Diaye ')).toBe('elodie n’diaye');
});

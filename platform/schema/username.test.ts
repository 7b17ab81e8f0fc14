import { describe, expect, test } from '@jest/globals';
import { fc } from '../../tests/support/draws.ts';
import { AttemptedUsername, Username } from './username.ts';

describe('a username', () => {
  test.each([
    ['Victor', 'victor'],
    ['ﬁona', 'fiona'],
    ['ELODIE.n', 'elodie.n'],
    ['Li', 'li'],
    ['李娜', '李娜'],
    ['a1', 'a1'],
    ['victor ', 'victor'],
    [' victor', 'victor'],
    ['victor\u00a0', 'victor'],
    ['victor\u3000', 'victor'],
    ['\u200evictor\u200b', 'victor'],
    ['victor\t', 'victor'],
    ['e\u0301lodie', 'élodie'],
  ])('%j is %j, to sign up and to sign in', (text, taken) => {
    expect(Username.parse(text)).toBe(taken);
    expect(AttemptedUsername.parse(text)).toBe(taken);
  });

  test.each([
    'a',
    '李',
    '-a',
    'a.',
    '._',
    '.abc',
    'a b c',
    'a\u200bbc',
    'a\u202cbc',
    'x'.repeat(65),
    '../etc',
    'a#b',
    'аdmin',
  ])('%j is refused to who signs up, and only unknown where somebody signs in', (text) => {
    expect(Username.safeParse(text).success).toBe(false);
    expect(AttemptedUsername.safeParse(text).success).toBe(true);
  });

  test('what could not be looked up is refused there too', () => {
    for (const text of ['', '\ud800', '\ufdfa'.repeat(100)])
      expect(AttemptedUsername.safeParse(text).success).toBe(false);
  });

  test('normalising twice changes nothing, and whoever signed up signs in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = Username.safeParse(text);
        if (!once.success) return;
        expect(Username.parse(once.data)).toBe(once.data);
        expect(AttemptedUsername.parse(text)).toBe(once.data);
      }),
    );
  });
});

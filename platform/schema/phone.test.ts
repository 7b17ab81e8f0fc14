import { describe, expect, test } from '@jest/globals';
import { Phone, PhoneInQuery } from './phone.ts';

describe('a phone number', () => {
  test.each([
    '77 123 45 67',
    '+221 77 123 45 67',
    '00221771234567',
    '77-123-45-67',
    '(77) 123.45.67',
    '77/123/45/67',
    '+221 (0)77 123 45 67',
    'tel:+221-77-123-45-67',
    '\u202a+221 77 123 45 67\u202c',
    '\u202d+221 77 123 45 67\u202c',
    '\u2068+221 77 123 45 67\u2069',
    '\u200e+221 77 123 45 67\u200f',
    '+221\u202f77\u202f123\u202f45\u202f67',
    '+221\u00a077\u2009123\u300045 67',
    '+221 77 123 45 67\t',
    '\r\n+221\t77\t123\t45\t67\n',
    '\ufeff77\u200b1234567',
    '+221‑77–123−45-67',
    '＋２２１ ７７ １２３ ４５ ６７',
    '+٢٢١ ٧٧ ١٢٣ ٤٥ ٦٧',
  ])('%j is the one +221771234567', (text) => {
    expect(Phone.parse(text)).toBe('+221771234567');
  });

  test.each([
    ['+33 6 12 34 56 78', '+33612345678'],
    ['+33 (0)6 12 34 56 78', '+33612345678'],
    ['+1 213 373 4253', '+12133734253'],
    ['+223 76 12 34 56', '+22376123456'],
    ['+221 33 859 10 10', '+221338591010'],
  ])('%j keeps its own country: %s', (text, taken) => {
    expect(Phone.parse(text)).toBe(taken);
  });

  test.each([
    ['of Mexico, with the 1 of before 2019', '+52 1 55 1234 5678', '+525512345678'],
    ['of Benin, of eight digits', '+229 97 00 00 00', '+2290197000000'],
  ])('an old one %s is that of today', (_, text, taken) => {
    expect(Phone.parse(text)).toBe(taken);
  });

  test.each([
    '',
    '12',
    'call me',
    '7'.repeat(41),
    '77 123 45 67 <b>',
    '000000000',
    '+1 000 000 0000',
    '+1 555 555 5555',
    '+221 00 000 00 00',
    '+221 123456789',
    '111111111',
    '+33 0 00 00 00 00',
    '+999 123456789',
    '+221 77 123 45',
    '+221 77 123 45 678',
    '+52 1 00 0000 0000',
    '+221 77 123 45 67 ext. 12',
    '77 123 45 67 / 78 123 45 67',
    'poste 77 123 45 67',
    771234567,
  ])('%j is refused, once, with the form that works', (text) => {
    const issues = Phone.safeParse(text).error?.issues;
    expect(issues).toHaveLength(1);
    if (typeof text === 'string' && text.length <= 40) expect(JSON.stringify(issues)).toContain('+221 77 123 45 67');
  });

  test('in a query has lost its +', () => {
    for (const text of [' 221771234567', '\u202a 221771234567', '771234567', '+221771234567'])
      expect(PhoneInQuery.parse(text)).toBe('+221771234567');
  });
});

import { afterEach, describe, expect, jest, test } from '@jest/globals';
import * as z from 'zod';
import { fieldsRefused, refusalsOf } from '../../tests/support/refusals.ts';
import { clock } from '../base/clock.ts';
import { Card } from './card.ts';
import { Email } from './email.ts';
import { Flag } from './flag.ts';
import { fold } from './fold.ts';
import { IntegerId, Uuid } from './identifiers.ts';
import { invalidField, parse } from './input.ts';
import { Currency, PositiveAmount } from './money.ts';
import { Phone } from './phone.ts';
import { line } from './text.ts';
import { Username } from './username.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

const takes = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;
const card = (more: object = {}) => ({ number: '4242424242424242', exp_month: 12, exp_year: 2099, ...more });

test.each([
  [
    line(9),
    'a\0b',
    'control_character: Un caractère de contrôle n’est pas permis | A control character is not allowed',
  ],
  [line(9), '\u034f', 'nothing_visible: Rien n’y est visible | Nothing in it is visible'],
  [Username, 'аdmin', 'mixed_alphabets: Un seul alphabet est permis | Only one alphabet is allowed'],
  [Currency, 'ZZZ', 'unknown_currency: Devise inconnue (code ISO 4217) | Unknown currency (ISO 4217 code)'],
  [
    Phone,
    'no',
    'invalid_phone: Numéro de téléphone invalide ; écrivez-le comme +221 77 123 45 67 | Invalid phone number; write it like +221 77 123 45 67',
  ],
])('what breaks a rule of ours says which, in French and in English (%#)', (schema, value, refusal) => {
  expect(refusalsOf(schema, value)).toEqual([`# ${refusal}`]);
});

describe('a card', () => {
  test.each([
    ['4242424242424241', '#/number invalid_card_number: Numéro de carte invalide | Invalid card number'],
    ['42424242424', '#/number invalid_card_number: Numéro de carte invalide | Invalid card number'],
    ['4242x42424242424', '#/number invalid_card_number: Numéro de carte invalide | Invalid card number'],
  ])('of the number %s is refused', (number, refusal) => {
    expect(refusalsOf(Card, card({ number }))).toEqual([refusal]);
  });

  test('has a number of 12 to 19 digits whose sum is right, in groups or not', () => {
    for (const number of ['4242 4242-4242 4242', '378282246310005', '000000000000', '0'.repeat(19)])
      expect(Card.parse(card({ number })).number).toBe(number.replaceAll(/\D/g, ''));
    for (const number of ['0'.repeat(11), '0'.repeat(20), `0${'0'.repeat(12)}x`])
      expect(takes(Card, card({ number }))).toBe(false);
    expect(takes(Card, card({ number: ' '.repeat(28) + '0'.repeat(12) }))).toBe(true);
    expect(takes(Card, card({ number: ' '.repeat(29) + '0'.repeat(12) }))).toBe(false);
  });

  test('adds up its digits from the last, every second one doubled, as ISO 7812 says', () => {
    for (const number of ['79927398713', '49927398716'].map((digits) => `00${digits}`))
      expect(takes(Card, card({ number }))).toBe(true);
    for (const digit of [0, 1, 2, 4, 5, 6, 7, 8, 9])
      expect(takes(Card, card({ number: `007992739871${digit}` }))).toBe(false);
  });

  test('is good to the noon, in UTC, after the last day of its month', () => {
    const now = jest.spyOn(clock, 'now').mockReturnValue(Date.UTC(2030, 5, 1, 12) - 1);
    expect(takes(Card, card({ exp_month: 5, exp_year: 2030 }))).toBe(true);
    now.mockReturnValue(Date.UTC(2030, 5, 1, 12));
    expect(refusalsOf(Card, card({ exp_month: 5, exp_year: 2030 }))).toEqual([
      '#/exp_year card_expired: Carte expirée | Card expired',
    ]);
  });

  test.each([
    ['exp_month', 0, 1],
    ['exp_month', 13, 12],
    ['exp_year', 1999, 2000],
    ['exp_year', 2101, 2100],
    ['cvc', '12', '123'],
    ['cvc', '12345', '1234'],
    ['cvc', 'x123', '123'],
    ['cvc', '123x', '123'],
  ])('with a %s of %p is none, with %p it is', (field, wrong, right) => {
    jest.spyOn(clock, 'now').mockReturnValue(0);
    expect(takes(Card, card({ [field]: wrong }))).toBe(false);
    expect(takes(Card, card({ [field]: right }))).toBe(true);
  });

  test('has no field of its own invention', () => {
    expect(takes(Card, card({ holder: 'Awa' }))).toBe(false);
  });
});

test('a line may have as many characters as it says, and four times as many before it is trimmed', () => {
  expect(takes(line(3), 'abc')).toBe(true);
  expect(takes(line(3), 'abcd')).toBe(false);
  expect(takes(line(3), `${' '.repeat(9)}abc`)).toBe(true);
  expect(takes(line(3), `${' '.repeat(10)}abc`)).toBe(false);
});

test('an address has 64 characters at most before its @, and 254 in all', () => {
  const domain = (length: number) => {
    const labels = Array.from({ length: 4 }, () => 'd'.repeat(60)).join('.');
    return `${labels.slice(0, length - 3)}.sn`.replace('..', 'd.');
  };
  expect(takes(Email, `${'a'.repeat(64)}@school.example`)).toBe(true);
  expect(takes(Email, `${'a'.repeat(65)}@school.example`)).toBe(false);
  expect(takes(Email, `${'a'.repeat(64)}@${domain(189)}`)).toBe(true);
  expect(takes(Email, `${'a'.repeat(64)}@${domain(190)}`)).toBe(false);
});

test('a username has 2 to 64 characters', () => {
  for (const length of [2, 64]) expect(takes(Username, 'a'.repeat(length))).toBe(true);
  for (const length of [1, 65]) expect(takes(Username, 'a'.repeat(length))).toBe(false);
});

test('folded texts are alike where accents, case and spaces are all that differ', () => {
  expect(fold('  ÉLODIE\t  Ndiaye ')).toBe('elodie ndiaye');
});

test('an amount is a whole number from 1 to a million million', () => {
  for (const amount of [1, 1e12]) expect(takes(PositiveAmount, amount)).toBe(true);
  for (const amount of [0, 1.5, 1e12 + 1]) expect(takes(PositiveAmount, amount)).toBe(false);
});

test('an id in a path is digits, without a sign, a leading zero or more than a number can hold', () => {
  expect(IntegerId.parse('9007199254740991')).toBe(9007199254740991);
  for (const text of ['0', '01', '9007199254740993', '12345678901234567', 'x1', '1x', ''])
    expect(takes(IntegerId, text)).toBe(false);
  expect(Uuid.parse('0198F0E2-7B1C-7DEF-8000-0123456789AB')).toBe('0198f0e2-7b1c-7def-8000-0123456789ab');
  expect(takes(Flag, 'falsey')).toBe(false);
});

test('a phone number without a country is read in the deployment’s, Senegal where it says none', () => {
  process.env.PHONE_REGION = 'FR';
  expect(Phone.parse('06 12 34 56 78')).toBe('+33612345678');
  process.env.PHONE_REGION = '';
  expect(Phone.parse('77 123 45 67')).toBe('+221771234567');
  expect(takes(Phone, `+221${' '.repeat(27)}771234567`)).toBe(true);
  expect(takes(Phone, `+221${' '.repeat(28)}771234567`)).toBe(false);
});

describe('a refused field', () => {
  const Sent = z.strictObject({ name: z.string().optional(), 'a/b~c': z.object({ d: z.int() }).optional() });

  test.each([
    ['body', { pointer: '#/name' }],
    ['query', { parameter: 'name' }],
    ['path', { parameter: 'name' }],
    ['header', { header: 'name' }],
  ] as const)('of the %s is %j', (location, place) => {
    expect(fieldsRefused(() => parse(Sent, { name: 1 }, location))).toEqual([
      { ...place, code: 'invalid_type', detail: expect.stringMatching(/./) },
    ]);
  });

  test('of a name that is no part of a pointer is written as RFC 6901 says, and a long one cut', () => {
    expect(fieldsRefused(() => parse(Sent, { 'a/b~c': { d: 1.5 } }, 'body')).map(({ pointer }) => pointer)).toEqual([
      '#/a~1b~0c/d',
    ]);
    const pointers = ['x'.repeat(64), 'y'.repeat(65)].map((name) =>
      fieldsRefused(() => parse(Sent, { [name]: 1 }, 'body')),
    );
    expect(pointers.flat().map(({ pointer, detail }) => [pointer, detail])).toEqual([
      [`#/${'x'.repeat(64)}`, `Champ inconnu : ${'x'.repeat(64)}`],
      [`#/${'y'.repeat(64)}…`, `Champ inconnu : ${'y'.repeat(64)}…`],
    ]);
  });

  test('that we do not know, that is missing, or that is of the wrong kind says so', () => {
    expect(refusalsOf(Sent, { more: 1 })).toEqual(['#/more unknown_field: Champ inconnu : more | Unknown field: more']);
    const Whole = z.object({ a: z.string() });
    expect(fieldsRefused(() => parse(Whole, {}, 'body')).map(({ code }) => code)).toEqual(['required']);
    expect(fieldsRefused(() => parse(Whole, { a: 1 }, 'body')).map(({ code }) => code)).toEqual(['invalid_type']);
    const named = z.string().refine(() => false);
    expect(fieldsRefused(() => parse(named, 'a', 'body')).map(({ code }) => code)).toEqual(['invalid_value']);
  });

  test('is told of in the reader’s language', () => {
    const [fr] = fieldsRefused(() => parse(Sent, { name: 1 }, 'body'), 'fr');
    const [en] = fieldsRefused(() => parse(Sent, { name: 1 }, 'body'), 'en');
    expect(fr?.detail).not.toBe(en?.detail);
    const wrong = () => {
      throw invalidField('#/a', 'no', { fr: 'non', en: 'no' });
    };
    expect([...fieldsRefused(wrong, 'fr'), ...fieldsRefused(wrong, 'en')].map(({ detail }) => detail)).toEqual([
      'non',
      'no',
    ]);
  });
});

import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import type { Problem } from '../base/problem.ts';
import { within } from '../base/scope.ts';
import { Email } from './email.ts';
import { parse } from './input.ts';
import { Phone } from './phone.ts';
import { Username } from './username.ts';

/** A name, or more about it. */
const By = z.union([Username, z.strictObject({ username: Username, age: z.int().optional() })]);

const Sent = z
  .strictObject({
    email: Email,
    username: Username,
    birth_date: z.iso.date().regex(/^(19|20)/),
    list: z.array(Email),
    by: By,
  })
  .partial()
  .refine((sent) => Object.keys(sent).length > 0, { params: { code: 'empty' } })
  .refine((sent) => sent.email, { params: { code: 'no_email' } });

function faults(sent: unknown): (string | undefined)[] {
  try {
    parse(Sent, sent, 'body');
    return [];
  } catch (error) {
    return ((error as Problem).errors ?? []).map(({ pointer }) => pointer);
  }
}

test.each([
  [{ email: 'no' }, ['#/email']],
  [{ email: `${'a'.repeat(65)}@b` }, ['#/email']],
  [{ email: 'a@school.example', birth_date: '31/12/2008' }, ['#/birth_date']],
  [{ email: 'no', birth_date: '31/12/2008' }, ['#/email', '#/birth_date']],
  [{ email: 'a@school.example', list: ['no', 'nor this'] }, ['#/list/0', '#/list/1']],
  [{ email: 'a@school.example', by: 'a b' }, ['#/by']],
  [{ email: 'a@school.example', by: { username: 'a b', age: 'x' } }, ['#/by/username', '#/by/age']],
  [{ email: 'a@school.example', by: { username: 'ab', role: 'admin' } }, ['#/by/role']],
  [{ email: 'a@school.example', by: 7 }, ['#/by']],
  [{ email: 'a@school.example', one: 1, two: 2 }, ['#/one', '#/two']],
])('%j has one error for each wrong field', (sent, pointers) => {
  expect(faults(sent)).toEqual(pointers);
});

test('two rules that a whole breaks are both told', () => {
  expect(faults({})).toEqual(['#', '#']);
});

/** What is said of the first fault. */
function said(schema: z.ZodType, sent: unknown, location: 'body' | 'query' = 'body', language: 'fr' | 'en' = 'fr') {
  try {
    return within({ requestId: 'test', language }, () => parse(schema, sent, location));
  } catch (error) {
    return (error as Problem).errors?.[0];
  }
}

const Person = z.strictObject({
  first_name: z.string(),
  phone: Phone.optional(),
  email: Email.optional(),
  code: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  username: Username.optional(),
  born: z.iso.date().optional(),
  count: z.int().optional(),
  items: z.array(z.strictObject({ quantity: z.int() })).optional(),
});

describe('what is wrong is said for people', () => {
  test('a field that is missing is obligatory', () => {
    expect(said(Person, {})).toEqual({ pointer: '#/first_name', code: 'required', detail: 'Ce champ est obligatoire' });
    expect(said(Person, {}, 'body', 'en')).toMatchObject({ detail: 'This field is required' });
  });

  test('a wrong type is told by what it must be, a wrong format without its pattern', () => {
    expect(said(Person, { first_name: 1 })).toMatchObject({ detail: 'Il faut ici un texte' });
    expect(said(Person, { first_name: 'Awa', count: 1.5 })).toMatchObject({ detail: 'Il faut ici un nombre entier' });
    expect(said(Person, { first_name: 'Awa', code: 'x' })).toMatchObject({ detail: 'Ce format ne convient pas' });
  });

  test.each([
    ['phone', '12', 'Numéro de téléphone invalide ; écrivez-le comme +221 77 123 45 67'],
    ['email', 'no', 'Adresse e-mail invalide ; elle s’écrit comme awa.diop@ecole.example'],
    ['username', 'a b', 'Ce format ne convient pas, par exemple victor'],
    ['born', '31/12/2008', 'date ISO invalide, par exemple 2008-12-31'],
  ])('a wrong spelling is shown a right one, once: %s', (field, wrong, detail) => {
    expect(said(Person, { first_name: 'Awa', [field]: wrong })).toMatchObject({ pointer: `#/${field}`, detail });
  });

  test('the right one that is shown would do', () => {
    for (const [field, wrong] of Object.entries({ phone: '12', email: 'no', username: 'a b', born: '31/12/2008' })) {
      const { detail } = said(Person, { first_name: 'Awa', [field]: wrong }, 'body', 'en') as { detail: string };
      const [, shown] = /(?:like|for example) (.+)$/.exec(detail) ?? [];
      const { success } = Person.safeParse({ first_name: 'Awa', [field]: shown });
      expect([field, typeof shown, success]).toEqual([field, 'string', true]);
    }
  });

  test.each([
    ['firstName', 'first_name'],
    ['fisrt_name', 'first_name'],
    ['emial', 'email'],
    ['phones', 'phone'],
    ['nonsense', undefined],
  ])('%s is unknown, and %s was meant', (name, meant) => {
    const detail = `Champ inconnu : ${name}${meant ? ` ; vouliez-vous dire ${meant} ?` : ''}`;
    expect(said(Person, { first_name: 'Awa', [name]: '' })).toEqual({
      pointer: `#/${name}`,
      code: 'unknown_field',
      detail,
    });
  });

  test('a name deep in a list is found as well', () => {
    expect(said(Person, { first_name: 'Awa', items: [{ quantity: 1, quantiti: 2 }] })).toMatchObject({
      pointer: '#/items/0/quantiti',
      detail: expect.stringContaining('quantity ?'),
    });
  });
});

describe('where it is said as programs look for it', () => {
  test('a JSON pointer into the body', () => {
    expect(said(Person, { first_name: 'Awa', 'a/b~c': 1 })).toMatchObject({ pointer: '#/a~1b~0c' });
  });

  test('a parameter by its name', () => {
    const Query = z.strictObject({ limit: z.string().optional() });
    expect(said(Query, { limti: '5' }, 'query')).toEqual({
      parameter: 'limti',
      code: 'unknown_field',
      detail: 'Paramètre inconnu : limti ; vouliez-vous dire limit ?',
    });
  });
});

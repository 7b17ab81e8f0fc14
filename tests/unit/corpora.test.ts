import { describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { Measurement } from '../../functions/health/vitals.ts';
import { PersonFields } from '../../functions/persons/person.ts';
import { Problem } from '../../platform/base/problem.ts';
import { jsonBody } from '../../platform/http/body.ts';
import { Email } from '../../platform/schema/email.ts';
import formats from '../corpora/formats.json' with { type: 'json' };
import documents from '../corpora/json-parsing.json' with { type: 'json' };

/** What a body of these bytes comes to: `absent` where it holds nothing, the code of its problem where it is refused. */
function outcomeOf(base64: string): string {
  const headers = { 'content-type': 'application/json' };
  try {
    const value = jsonBody({ body: base64, isBase64Encoded: true, headers } as unknown as APIGatewayProxyEvent);
    return value === undefined ? 'absent' : 'read';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

const inBase64 = (text: string): string => Buffer.from(text).toString('base64');

describe('JSON, by JSONTestSuite', () => {
  // Two parsers may read a repeated name differently (RFC 7493, 2.3).
  const STRICTER = new Set(['y_object_duplicated_key', 'y_object_duplicated_key_and_value']);
  // A body of no bytes, or of a byte order mark alone, is no body: an operation that needs one says so.
  const NO_BODY = new Set(['n_structure_no_data', 'n_structure_UTF8_BOM_no_data']);

  const all = Object.entries(documents);

  test.each(all.filter(([name]) => name.startsWith('y_')))('%s is read', (name, bytes) => {
    expect(outcomeOf(bytes)).toBe(STRICTER.has(name) ? 'malformed_json' : 'read');
  });

  test.each(all.filter(([name]) => name.startsWith('n_')))('%s is refused', (name, bytes) => {
    expect(outcomeOf(bytes)).toBe(NO_BODY.has(name) ? 'absent' : 'malformed_json');
  });

  test.each(all.filter(([name]) => name.startsWith('i_')))('%s is read or refused', (_, bytes) => {
    expect(['read', 'malformed_json']).toContain(outcomeOf(bytes));
  });

  test.each([
    ['a hundred thousand arrays that nobody closes', '['.repeat(100_000)],
    ['fifty thousand objects in arrays that nobody closes', '[{"":'.repeat(50_000)],
  ])('%s are refused', (_, text) => {
    expect(outcomeOf(inBase64(text))).toBe('malformed_json');
  });
});

/** The cases that come out otherwise than the corpus has them. */
const differing = (cases: readonly { data: string; valid: boolean }[], accepts: (data: string) => boolean): string[] =>
  cases.filter(({ data, valid }) => accepts(data) !== valid).map(({ data }) => data);

describe('formats, by JSON-Schema-Test-Suite', () => {
  const isEmail = (data: string) => Email.safeParse(data).success;

  test('an e-mail address, but for quoted names and numbered hosts, which nobody has', () => {
    expect(differing(formats.email, isEmail)).toEqual([
      '"joe bloggs"@example.com',
      '"joe..bloggs"@example.com',
      '"joe@bloggs"@example.com',
      'joe.bloggs@[127.0.0.1]',
      'joe.bloggs@[IPv6:::1]',
    ]);
  });

  test('one of any alphabet, but for quoted names and characters that are none', () => {
    expect(differing(formats['idn-email'], isEmail)).toEqual([
      '"δοκιμή"@example.com',
      '\u0085@example.com',
      '\uffff@example.com',
    ]);
  });

  test('a date, but for those on which nobody alive was born', () => {
    const isBirthDate = (data: string) => PersonFields.shape.birth_date.safeParse(data).success;
    expect(differing(formats.date, isBirthDate)).toEqual(['0400-02-29', '0001-01-01', '1582-10-10']);
  });

  test('a time, but for leap seconds, which no clock of ours shows', () => {
    const isTime = (measured_at: string) => Measurement.safeParse({ weight: 70, measured_at }).success;
    expect(differing(formats['date-time'], isTime)).toEqual(['1998-12-31T23:59:60Z', '1998-12-31T15:59:60.123-08:00']);
  });
});

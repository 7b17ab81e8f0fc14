import { describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Problem } from '../base/problem.ts';
import { jsonBody, mustFit, parseJson } from './body.ts';

const MIB = 1024 * 1024;

const event = (body: string, contentType = 'application/json') =>
  ({ body, headers: { 'Content-Type': contentType }, isBase64Encoded: false }) as unknown as APIGatewayProxyEvent;

/** Why something is refused, field by field; nothing where it is not. */
function refusal(work: () => unknown) {
  try {
    work();
    return undefined;
  } catch (error) {
    const { code, errors = [] } = error as Problem;
    return [code, ...errors.map((one) => `${one.pointer} ${one.code}: ${one.detail}`)];
  }
}

describe('a body may have', () => {
  const withMembers = (count: number) =>
    JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, i])));
  const withItems = (count: number) => JSON.stringify(Array.from({ length: count }, (_, i) => i));

  test('1000 fields, and not one more', () => {
    expect(refusal(() => parseJson(withMembers(1000)))).toBeUndefined();
    expect(refusal(() => parseJson(withMembers(1001)))).toEqual([
      'invalid_input',
      '# too_many_fields: Le corps a plus de 1000 champs',
    ]);
  });

  test('10,000 items, and not one more', () => {
    expect(refusal(() => parseJson(withItems(10_000)))).toBeUndefined();
    expect(refusal(() => parseJson(withItems(10_001)))).toEqual([
      'invalid_input',
      '# too_many_items: Le corps a plus de 10000 éléments',
    ]);
  });

  test('fields and items counted apart, wherever they stand', () => {
    const objects = JSON.stringify(Array.from({ length: 999 }, () => ({ a: 1 })));
    expect(refusal(() => parseJson(objects))).toBeUndefined();
    expect(refusal(() => parseJson(`{"list":${withItems(9_999)},"more":[1,2]}`))).toEqual([
      'invalid_input',
      expect.stringContaining('too_many_items'),
    ]);
  });

  test('1 MiB of UTF-8, and not a byte more', () => {
    const ofBytes = (bytes: number) => `"${'é'.repeat((bytes - 2) / 2)}"`;
    expect(refusal(() => jsonBody(event(ofBytes(MIB))))).toBeUndefined();
    expect(refusal(() => jsonBody(event(ofBytes(MIB + 2))))).toEqual(['payload_too_large']);
  });
});

test('a body is too large by its length alone, before anybody reads it, and in Base64 may be longer by 4 parts of 10', () => {
  expect(refusal(() => mustFit(event('x'.repeat(1.4 * MIB))))).toBeUndefined();
  expect(refusal(() => mustFit(event('x'.repeat(1.4 * MIB + 1))))).toEqual(['payload_too_large']);
});

test('a request without a body is read whatever its type', () => {
  expect(jsonBody(event('', 'text/html'))).toBeUndefined();
});

test.each(['x application/json', 'application/', 'application/+json', 'application/json+x', 'application/x json'])(
  'the type %j is not JSON',
  (type) => {
    expect(refusal(() => jsonBody(event('{}', type)))).toEqual(['unsupported_media_type']);
  },
);

test.each(['application/json; charset=xutf-8', 'application/json; charset=utf-88', 'application/json; charset=utf--8'])(
  'the charset of %j is not ours',
  (type) => {
    expect(refusal(() => jsonBody(event('{}', type)))).toEqual(['unsupported_media_type']);
  },
);

test('a parameter whose name only begins like the charset says nothing of it', () => {
  expect(jsonBody(event('{}', 'application/json; charsets=latin1'))).toEqual({});
});

test('what keeps a body from being read stays known to the log', () => {
  const causeOf = (work: () => unknown) => {
    try {
      return work();
    } catch (error) {
      return (error as Error).cause;
    }
  };
  expect(String(causeOf(() => parseJson('{')))).toMatch(/^SyntaxError/);
  const bytes = { ...event(Buffer.from([0x22, 0xff, 0x22]).toString('base64')), isBase64Encoded: true };
  expect(String(causeOf(() => jsonBody(bytes)))).toMatch(/^TypeError/);
});

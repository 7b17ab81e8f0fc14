import { describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { fieldsRefused } from '../../tests/support/refusals.ts';
import { Preconditions } from './preconditions.ts';

const event = (more: Record<string, unknown> = {}) =>
  ({
    httpMethod: 'GET',
    path: '/things/7',
    resource: '/things/{id}',
    pathParameters: { id: '7' },
    headers: {},
    requestContext: { path: '/things/7', authorizer: { username: 'victor', role: 'admin', session_id: 's' } },
    ...more,
  }) as unknown as APIGatewayProxyEvent;

describe('the tags of a condition', () => {
  const tags = (count: number) => Array.from({ length: count }, (_, i) => `"${i}"`).join(', ');
  const put = (headers: object, method = 'PUT') => event({ httpMethod: method, headers });

  test.each(['If-Match', 'If-None-Match'])('are fifty at most: %s', (name) => {
    const of = (count: number) => () => Preconditions.of(put({ [name]: tags(count) }), true);
    expect([...fieldsRefused(of(51), 'fr'), ...fieldsRefused(of(51), 'en')]).toEqual([
      { header: name.toLowerCase(), code: 'too_many_tags', detail: '50 étiquettes au plus' },
      { header: name.toLowerCase(), code: 'too_many_tags', detail: '50 tags at most' },
    ]);
    expect(fieldsRefused(of(50))).toEqual([]);
  });

  const codeOf = (sent: APIGatewayProxyEvent, record: object | undefined = { version: 2 }, versioned = true) => {
    try {
      Preconditions.of(sent, versioned).mustHoldFor(record);
      return 'holds';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  test.each([
    [{ 'If-Match': '"2"' }, 'holds'],
    [{ 'If-Match': 'W/"2"' }, 'holds'],
    [{ 'If-Match': '"1" , "2"' }, 'holds'],
    [{ 'If-Match': ' * ' }, 'holds'],
    [{ 'If-Match': '"1", *' }, 'holds'],
    [{ 'If-Match': '"1"' }, 'stale_version'],
    [{ 'If-Match': '2' }, 'stale_version'],
    [{ 'If-Match': 'x"2"' }, 'stale_version'],
    [{ 'If-Match': '"2"x' }, 'stale_version'],
    [{ 'If-Match': '"1234567890123456"' }, 'stale_version'],
    [{ 'If-Match': '' }, 'stale_version'],
    [{ 'If-None-Match': '*' }, 'already_there'],
    [{ 'If-None-Match': '"2"' }, 'already_there'],
    [{ 'If-None-Match': '"1"' }, 'holds'],
  ])('%j of version 2: %s', (headers, outcome) => {
    expect(codeOf(put(headers))).toBe(outcome);
  });

  test('stand in the way of no record that is not there, and of none that only left a trace', () => {
    const both = put({ 'If-Match': '"1"', 'If-None-Match': '*' });
    expect(Preconditions.of(both, true).mustHoldFor(undefined)).toBeUndefined();
    expect(codeOf(both, { version: 2, absent: true })).toBe('holds');
  });

  test('are nothing to a GET, and to what a POST makes, and If-Match to what has no versions', () => {
    expect(codeOf(put({ 'If-Match': '"1"', 'If-None-Match': '*' }, 'GET'))).toBe('holds');
    expect(codeOf(put({ 'If-None-Match': '*' }, 'POST'))).toBe('holds');
    expect(codeOf(put({ 'If-Match': '"1"' }, 'POST'))).toBe('stale_version');
    expect(codeOf(put({ 'If-Match': '"1"' }), { version: 2 }, false)).toBe('holds');
    expect(codeOf(put({ 'If-Match': '"1"' }), {})).toBe('stale_version');
  });

  test('insist on a version where they name one', () => {
    const insists = (headers: object) => Preconditions.of(put(headers), true).insist;
    expect([insists({}), insists({ 'If-Match': '*' }), insists({ 'If-Match': '"1"' })]).toEqual([false, false, true]);
  });

  test('are one condition of a write that is made unread', () => {
    const missing = () => new Error('missing');
    const of = (headers: object) => Preconditions.of(put(headers), true).unread(missing);
    expect(of({})).toMatchObject({
      when: 'attribute_exists(pk) AND attribute_exists(pk) AND NOT attribute_not_exists(pk)',
    });
    expect(of({})).not.toHaveProperty('values');
    expect(of({ 'If-Match': '"1", "2"', 'If-None-Match': '"3"' })).toMatchObject({
      when: 'attribute_exists(pk) AND #version IN (:match0, :match1) AND NOT #version IN (:none0)',
      names: { '#version': 'version' },
      values: { ':match0': 1, ':match1': 2, ':none0': 3 },
    });
    expect(of({ 'If-None-Match': '*' })).toMatchObject({
      when: 'attribute_exists(pk) AND attribute_exists(pk) AND NOT attribute_exists(pk)',
    });
    const { otherwise } = of({ 'If-Match': '"1"' });
    const current = (version: number) => ({ pk: '', sk: '', version }) as never;
    expect([otherwise(undefined).message, otherwise(current(1)), otherwise(current(2))]).toEqual([
      'missing',
      expect.objectContaining({ code: 'already_there' }),
      expect.objectContaining({ code: 'stale_version' }),
    ]);
  });
});

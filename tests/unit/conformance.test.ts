import { expect, test } from '@jest/globals';
import { breaches, type Exchange } from '../support/conformance.ts';

const status = { status: 'ok', version: '1.2.3' };

const exchange = (changes: Partial<Exchange>): Exchange => ({
  method: 'GET',
  path: '/status',
  sent: undefined,
  status: 200,
  type: 'application/json; charset=utf-8',
  received: status,
  ...changes,
});

const credentials = { username: 'victor', password: '1234' };
const checked = { method: 'POST', path: '/users/verify', sent: credentials, received: { valid: true } };

test.each<[string, Partial<Exchange>]>([
  ['an answer as described', {}],
  ['an accepted request as described', checked],
  ['a refused request, whatever was sent', { path: '/students?limit=0', status: 401, ...problemOf(401) }],
  ['a path that is none', { path: '/nowhere', status: 404, ...problemOf(404) }],
])('%s passes', (_, changes) => {
  expect(breaches(exchange(changes))).toEqual([]);
});

test.each<[string, Partial<Exchange>, RegExp]>([
  ['a status that is not described', { status: 202 }, /status 202/],
  ['a type that is not described', { type: 'text/html' }, /text\/html/],
  ['a member too many', { received: { ...status, host: 'db-1' } }, /additional properties/],
  ['a member too few', { received: { status: 'ok' } }, /required property 'version'/],
  ['a problem without its code', { status: 400, ...problemOf(400), received: { status: 400 } }, /'code'/],
  ['an accepted body that is not described', { ...checked, sent: { ...credentials, role: 'admin' } }, /additional/],
  ['an accepted query that is not described', { path: '/status?verbose=1' }, /query parameter verbose/],
  ['an operation that is not described', { path: '/nowhere' }, /not described/],
])('%s is a breach', (_, changes, reason) => {
  expect(breaches(exchange(changes)).join('; ')).toMatch(reason);
});

function problemOf(code: number) {
  const received = { type: 'urn:x', title: 'x', status: code, detail: 'x', code: 'x', request_id: 'x' };
  return { type: 'application/problem+json', received };
}

import { expect, test } from '@jest/globals';
import { call } from '../support/http.ts';

const allowed = (answer: { headers: Headers }): string | null => answer.headers.get('access-control-allow-origin');

test('no origin may call that the stage does not list: neither an answer nor a refusal nor a preflight lets it in', async () => {
  const headers = { Origin: 'https://elsewhere.example' };
  expect(allowed(await call('GET', '/.well-known/jwks.json', { headers }))).toBeNull();
  expect(allowed(await call('GET', '/users/victor', { headers }))).toBeNull();
  expect(allowed(await call('GET', '/nowhere', { headers }))).toBeNull();
  const asking = { ...headers, 'Access-Control-Request-Method': 'GET' };
  expect(allowed(await call('OPTIONS', '/users/victor', { headers: asking }))).toBeNull();
});

import { expect, test } from '@jest/globals';
import { call } from '../support/http.ts';

test('the API answers on its base URL', async () => {
  const { status } = await call('GET', '/.well-known/jwks.json');
  expect(status).toBe(200);
});

test('no Lambda can be invoked past the gateway', async () => {
  const { status } = await call('POST', '/2015-03-31/functions/campus-local-accounts/invocations', { body: {} });
  expect([403, 404]).toContain(status);
});

import { afterEach, expect, jest, test } from '@jest/globals';
import * as z from 'zod';
import { call } from '../../tests/support/call.ts';
import { clock } from '../base/clock.ts';
import { anyone } from './access.ts';
import { ok } from './answer.ts';
import { endpoint } from './endpoint.ts';
import { operation } from './operation.ts';
import { VISITOR, vouchFor } from './visitor.ts';

const told = operation({
  route: 'POST /whence',
  summary: 'Tell where a call comes from',
  access: anyone,
  body: z.strictObject({}),
  answers: { 200: z.object({ from: z.string() }) },
  handle: async ({ sourceIp }) => ok({ from: sourceIp }),
});
const handler = endpoint(told);

const whence = async (visitor?: string): Promise<string> =>
  (
    await call(handler, 'POST /whence', {
      body: {},
      sourceIp: '192.0.2.1',
      headers: visitor === undefined ? {} : { [VISITOR]: visitor },
    })
  ).body.from;

afterEach(() => {
  jest.restoreAllMocks();
});

test('a call comes from where the gateway saw it, or from the visitor for whom the portal vouches', async () => {
  expect(await whence()).toBe('192.0.2.1');
  expect(await whence(await vouchFor('203.0.113.9'))).toBe('203.0.113.9');
  expect(await whence(await vouchFor('2001:db8::7'))).toBe('2001:db8::7');
});

test('nobody but the portal can say that they come from elsewhere', async () => {
  const [, at = '', mac = ''] = (await vouchFor('203.0.113.9')).split(' ');
  for (const forged of [
    '203.0.113.9',
    `203.0.113.10 ${at} ${mac}`,
    `203.0.113.9 ${Number(at) + 1} ${mac}`,
    `203.0.113.9 ${at} ${mac.slice(1)}`,
    `203.0.113.9 ${at} `,
    '203.0.113.9 NaN x',
    '',
  ])
    expect([forged, await whence(forged)]).toEqual([forged, '192.0.2.1']);
});

test('its word is good for a minute', async () => {
  const word = await vouchFor('203.0.113.9');
  const now = Date.now();
  jest.spyOn(clock, 'now').mockReturnValue(now + 61_000);
  expect(await whence(word)).toBe('192.0.2.1');
});

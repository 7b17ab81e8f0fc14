import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { call } from '../../tests/support/call.ts';
import { anyone } from './access.ts';
import { ok } from './answer.ts';
import { Bytes, content, Text } from './content.ts';
import { endpoint } from './endpoint.ts';
import { operation } from './operation.ts';

const BYTES = Uint8Array.of(0x25, 0x50, 0x44, 0x46, 0x00, 0xff);

const exported = operation({
  route: 'GET /export',
  summary: 'The same in several types',
  access: anyone,
  query: z.object({ as: z.enum(['json', 'csv', 'pdf', 'zip']) }),
  answers: {
    200: content({
      'application/json': z.object({ name: z.string() }),
      'text/csv; charset=utf-8': Text,
      'application/pdf': Bytes,
    }),
  },
  async handle({ query }) {
    if (query.as === 'csv') return ok('name\r\nAwa\r\n', { headers: { 'Content-Type': 'text/csv; charset=utf-8' } });
    if (query.as === 'pdf') return ok(BYTES, { headers: { 'Content-Type': 'application/pdf' } });
    if (query.as === 'zip') return ok(BYTES, { headers: { 'Content-Type': 'application/zip' } });
    return ok({ name: 'Awa', secret: 'x' });
  },
});

const handler = endpoint(exported);

test('the first type is the default, and its JSON goes through its schema', async () => {
  const { headers, body } = await call(handler, 'GET /export?as=json');
  expect(headers['Content-Type']).toBe('application/json');
  expect(body).toEqual({ name: 'Awa' });
});

test('text leaves as it is, under the type that the answer names', async () => {
  const { headers, text } = await call(handler, 'GET /export?as=csv');
  expect(headers['Content-Type']).toBe('text/csv; charset=utf-8');
  expect(text).toBe('name\r\nAwa\r\n');
});

test('bytes reach the gateway in Base64, unharmed', async () => {
  const { text, base64 } = await call(handler, 'GET /export?as=pdf');
  expect(base64).toBe(true);
  expect(Buffer.from(text, 'base64')).toEqual(Buffer.from(BYTES));
});

test('a type that is not declared does not leave', async () => {
  const { status, body } = await call(handler, 'GET /export?as=zip');
  expect([status, body.code]).toEqual([500, 'internal_error']);
});

import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from '@jest/globals';
import { call, logIn, urlOf } from '../support/http.ts';

let admin: string;
beforeAll(async () => {
  admin = await logIn('admin', 'admin');
});

/** Sends bytes as they are, which no schema describes. */
async function send(path: string, body: Uint8Array<ArrayBuffer> | string, headers: Readonly<Record<string, string>>) {
  const response = await fetch(urlOf(path), {
    method: 'POST',
    headers: { Authorization: `Bearer ${admin}`, 'Content-Type': 'application/json', ...headers },
    body,
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as { code?: string } };
}

const person = () => JSON.stringify({ name: `Awa ${randomUUID()}` });

test('a compressed body is refused, and what would be taken is said', async () => {
  const { status, body, headers } = await send('/persons', Uint8Array.from(gzipSync(person())), {
    'Content-Encoding': 'gzip',
  });
  expect([status, body.code]).toEqual([415, 'unsupported_content_coding']);
  expect(headers.get('accept-encoding')).toBe('identity');
});

test('a byte order mark and parameters of the media type change nothing', async () => {
  expect((await send('/persons', `\ufeff${person()}`, {})).status).toBe(201);
  for (const type of ['application/json;', 'application/json; version=1', 'application/json ;charset="UTF-8"'])
    expect([type, (await send('/persons', person(), { 'Content-Type': type })).status]).toEqual([type, 201]);
});

test('the same key with the members in another order is the same request', async () => {
  const [name, headers] = [`Awa ${randomUUID()}`, { 'Idempotency-Key': randomUUID() }];
  const first = await send('/persons', JSON.stringify({ name, birth_date: '2001-02-03' }), headers);
  const second = await send('/persons', JSON.stringify({ birth_date: '2001-02-03', name }), headers);
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body).toEqual(first.body);
});

test.each(['/users/%E9', '/users/%', '/users/caf%E9', '/persons/%zz'])('%s is told of its address', async (path) => {
  const response = await fetch(urlOf(path), { headers: { Authorization: `Bearer ${admin}` } });
  const { code } = (await response.json()) as { code?: string };
  expect([response.status, code]).toEqual([400, 'malformed_address']);
});

test('a change that may only meet nothing changes nothing that is', async () => {
  const { id } = (await call('POST', '/persons', { token: admin, body: { name: 'Première' } })).body;
  const headers = { 'If-None-Match': '*' };
  const put = await call('PUT', `/persons/${id}`, { token: admin, body: { name: 'Seconde' }, headers });
  const gone = await call('DELETE', `/persons/${id}`, { token: admin, headers });
  expect([put.status, gone.status]).toEqual([412, 412]);
  expect((await call('GET', `/persons/${id}`, { token: admin })).body.name).toBe('Première');
  const weakened = { 'If-Match': 'W/"1", W/"7"' };
  expect((await call('DELETE', `/persons/${id}`, { token: admin, headers: weakened })).status).toBe(204);
});

import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';

let secrets: typeof import('./secrets.ts');
let server: Server;
let asked: { target: unknown; input: unknown }[];
let stored: (string | undefined)[];

const environment = { ...process.env };
const folder = mkdtempSync(join(tmpdir(), 'campus-secrets-'));

beforeAll(async () => {
  server = createServer(async (request, response) => {
    asked.push({ target: request.headers['x-amz-target'], input: JSON.parse(await text(request)) });
    response.end(JSON.stringify({ Parameter: { Value: stored.shift() } }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
beforeEach(async () => {
  asked = [];
  process.env = { ...environment, CAMPUS_STAGE: 'prod' };
  delete process.env.CAMPUS_SECRETS_DIR;
  process.env.AWS_ENDPOINT_URL_SSM = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // What a function knows, it knows as long as its module lives.
  jest.resetModules();
  secrets = await import('./secrets.ts');
});
afterAll(() => {
  process.env = environment;
  rmSync(folder, { recursive: true });
  server.closeAllConnections();
  server.close();
});

test('a secret comes decrypted from the parameter of its stage, and is read once', async () => {
  stored = ['s3cret', 'other'];
  expect(await secrets.secret('signing-secret')).toBe('s3cret');
  expect(await secrets.secret('signing-secret')).toBe('s3cret');
  expect(asked).toEqual([
    { target: 'AmazonSSM.GetParameter', input: { Name: '/campus/prod/signing-secret', WithDecryption: true } },
  ]);
});

test('a secret that changes is read anew by whoever asks for it fresh', async () => {
  stored = ['first', 'second'];
  expect(await secrets.freshSecret('jwt-signing-key')).toBe('first');
  expect(await secrets.freshSecret('jwt-signing-key')).toBe('second');
});

test('a failed read is not remembered: the next request tries again', async () => {
  stored = [undefined, '', 's3cret'];
  await expect(secrets.secret('signing-secret')).rejects.toThrow('signing-secret is empty');
  await expect(secrets.secret('signing-secret')).rejects.toThrow('signing-secret is empty');
  expect(await secrets.secret('signing-secret')).toBe('s3cret');
});

test('locally a secret stands in a folder, and AWS is not asked', async () => {
  writeFileSync(join(folder, 'signing-secret'), 'of the file');
  process.env.CAMPUS_SECRETS_DIR = folder;
  expect(await secrets.secret('signing-secret')).toBe('of the file');
  expect(asked).toEqual([]);
});

import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';

let secrets: typeof import('./secrets.ts');
let clock: typeof import('../base/clock.ts').clock;
let server: Server;
let asked: { target: unknown; input: unknown }[];
let stored: (string | undefined)[];

const NOW = Date.UTC(2030, 0, 1);
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
  // How AWS is called is settled as its module is loaded.
  jest.resetModules();
  secrets = await import('./secrets.ts');
  ({ clock } = await import('../base/clock.ts'));
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => {
  process.env = environment;
  rmSync(folder, { recursive: true });
  server.closeAllConnections();
  server.close();
});

/** A secret as it is taken: its text. */
const live = () => new secrets.LiveSecret('signing-secret', (text) => text);
const at = (seconds: number) => jest.spyOn(clock, 'now').mockReturnValue(NOW + seconds * 1000);

test('a secret comes decrypted from the parameter of its stage, and is read once in five minutes', async () => {
  stored = ['s3cret', 'other'];
  const secret = live();
  at(0);
  expect([await secret.known(), await secret.known(), await secret.anew()]).toEqual(Array(3).fill('s3cret'));
  at(299);
  expect(await secret.known()).toBe('s3cret');
  expect(asked).toEqual([
    { target: 'AmazonSSM.GetParameter', input: { Name: '/campus/prod/signing-secret', WithDecryption: true } },
  ]);
  at(300);
  expect(await secret.known()).toBe('other');
});

test('it is read anew for whom the known one is not enough, every half a minute at most', async () => {
  stored = ['first', 'second', 'third'];
  const secret = live();
  at(0);
  await secret.known();
  at(29);
  expect(await secret.anew()).toBe('first');
  at(30);
  expect([await secret.anew(), await secret.anew(), await secret.known()]).toEqual(['second', 'second', 'second']);
  expect(asked).toHaveLength(2);
});

test('many who ask at once read it once', async () => {
  stored = ['s3cret', 'other'];
  const secret = live();
  expect(new Set(await Promise.all(Array.from({ length: 20 }, () => secret.known())))).toEqual(new Set(['s3cret']));
});

test('a failed first read is not remembered: the next request tries again', async () => {
  stored = [undefined, '', 's3cret'];
  const secret = live();
  await expect(secret.known()).rejects.toThrow('signing-secret is empty');
  await expect(secret.known()).rejects.toThrow('signing-secret is empty');
  expect(await secret.known()).toBe('s3cret');
});

test('what cannot be read or used later on is no outage: the last good one goes on, and half a minute passes', async () => {
  stored = ['s3cret', '', 'useless', 'new'];
  const secret = new secrets.LiveSecret('signing-secret', (text) => {
    if (text === 'useless') throw new Error('It is useless');
    return text;
  });
  const seen: string[] = [];
  for (const seconds of [0, 300, 301, 330, 359, 360]) {
    at(seconds);
    seen.push(await secret.known());
  }
  expect(seen).toEqual([...Array(5).fill('s3cret'), 'new']);
});

test('a secret of no use says which one it is, and not what it holds', async () => {
  stored = ['useless'];
  const secret = new secrets.LiveSecret('signing-secret', () => {
    throw new Error('It is none');
  });
  await expect(secret.known()).rejects.toThrow(/^The secret signing-secret cannot be used$/);
});

test('locally a secret stands in a folder, and AWS is not asked', async () => {
  writeFileSync(join(folder, 'signing-secret'), 'of the file');
  process.env.CAMPUS_SECRETS_DIR = folder;
  expect(await live().known()).toBe('of the file');
  expect(asked).toEqual([]);
});

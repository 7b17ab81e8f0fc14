import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freePort } from '../project/ports.ts';
import { runWell } from '../project/processes.ts';
import { projectRoot } from '../project/root.ts';
import { type Campus, startCampus, whenReady } from '../tests/support/supervisor.ts';

let data: string;
let campus: Campus;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'campus-reset-'));
  campus = await whenReady(startCampus({ port: await freePort(), data }));
});
afterAll(async () => {
  campus.child.kill('SIGTERM');
  await campus.exited;
  rmSync(data, { recursive: true });
});

async function post(path: string, body: object): Promise<number> {
  const headers = { 'Content-Type': 'application/json' };
  return (await fetch(campus.url + path, { method: 'POST', headers, body: JSON.stringify(body) })).status;
}

const demo = { username: 'victor', password: '1234' };
const own = { username: 'somebody', password: 'correct horse battery' };

const reset = (...args: string[]) =>
  runWell(process.execPath, ['tools/db.ts', 'reset', '--yes', ...args], {
    cwd: projectRoot,
    env: { CAMPUS_DATA: data, AWS_ENDPOINT_URL: '', AWS_ENDPOINT_URL_DYNAMODB: '', AWS_ENDPOINT_URL_SQS: '' },
  });

test('db:reset takes a running Campus back to its demo data', async () => {
  expect(await post('/users', own)).toBe(201);
  await reset();
  expect(await post('/auth/login', own)).toBe(401);
  expect(await post('/auth/login', demo)).toBe(200);
});

test('db:reset --empty leaves not even that', async () => {
  await reset('--empty');
  expect(await post('/auth/login', demo)).toBe(401);
  await reset();
  expect(await post('/auth/login', demo)).toBe(200);
});

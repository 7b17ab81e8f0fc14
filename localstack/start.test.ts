import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  type Campus,
  descendantsOf,
  listeningAddresses,
  runs,
  startCampus,
  until,
  whenReady,
} from '../tests/support/supervisor.ts';
import { freePort } from './engines/ports.ts';

const account = { username: 'durable', password: 'correct horse battery' };
const started: Campus[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const campus of started.splice(0)) {
    campus.child.kill('SIGTERM');
    await campus.exited;
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'campus-start-'));
  folders.push(folder);
  return folder;
}

function launch(port: number | string, data: string): Campus {
  const campus = startCampus({ port, data });
  started.push(campus);
  return campus;
}

async function launchReady(data = newFolder()): Promise<Campus> {
  return whenReady(launch(await freePort(), data));
}

function pidOf(campus: Campus): number {
  return campus.child.pid ?? 0;
}

function emulatorOf(campus: Campus): number {
  const emulator = descendantsOf(pidOf(campus)).find((pid) => commandLine(pid).includes('offline'));
  return emulator ?? 0;
}

function commandLine(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
}

/** DynamoDB Local has no option to bind one interface. */
function isOurs(pid: number): boolean {
  return !commandLine(pid).includes('DynamoDBLocal.jar');
}

async function post(campus: Campus, path: string) {
  const headers = { 'Content-Type': 'application/json' };
  return fetch(campus.url + path, { method: 'POST', headers, body: JSON.stringify(account) });
}

async function refusal(campus: Campus): Promise<string> {
  expect(await campus.exited).toBe(1);
  expect(campus.output().trimEnd().split('\n')).toHaveLength(1);
  return campus.output();
}

describe('a start that cannot work says why in one line and exits with 1', () => {
  test('the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await until(() => server.listening);
    const { port } = server.address() as { port: number };
    expect(await refusal(launch(port, newFolder()))).toContain(`port ${port} is already taken`);
    server.close();
  });

  test('the port is no port', async () => {
    expect(await refusal(launch('http', newFolder()))).toContain('PORT must be a number');
  });

  test('the data folder is a file', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    expect(await refusal(launch(await freePort(), file))).toContain('is not writable');
  });

  test('another Campus runs on the same data', async () => {
    const data = newFolder();
    const first = await launchReady(data);
    expect(await refusal(launch(await freePort(), data))).toContain('another Campus already runs');
    expect(first.child.exitCode).toBeNull();
  });
});

describe('a start that works', () => {
  test('says so, keeps its secrets to itself and ends whole on SIGTERM', async () => {
    const data = newFolder();
    const campus = await launchReady(data);
    const family = descendantsOf(pidOf(campus));
    expect(family).toHaveLength(2);
    expect(campus.output().trimEnd().split('\n').at(-1)).toBe(
      `Campus is ready at ${campus.url.replace('127.0.0.1', 'localhost')}`,
    );
    for (const secret of ['jwt-signing-key', 'signing-secret']) {
      expect(statSync(join(data, 'secrets', secret)).mode & 0o777).toBe(0o600);
    }
    campus.child.kill('SIGTERM');
    expect(await campus.exited).toBe(0);
    expect(family.filter(runs)).toEqual([]);
  });

  test('listens on the loopback interface only, and the emulator on the port of the API only', async () => {
    const campus = await launchReady();
    const emulator = emulatorOf(campus);
    expect(listeningAddresses(emulator)).toEqual([campus.url.replace('http://', '')]);
    for (const pid of [pidOf(campus), ...descendantsOf(pidOf(campus)).filter(isOurs)]) {
      expect(listeningAddresses(pid)).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+$/)]);
    }
  });

  test('can be stopped before it is ready', async () => {
    const campus = launch(await freePort(), newFolder());
    await until(() => descendantsOf(pidOf(campus)).length > 0);
    const family = descendantsOf(pidOf(campus));
    campus.child.kill('SIGINT');
    expect(await campus.exited).toBe(0);
    expect(family.filter(runs)).toEqual([]);
  });

  test('stops with one line when the application dies', async () => {
    const campus = await launchReady();
    const family = descendantsOf(pidOf(campus));
    process.kill(emulatorOf(campus), 'SIGKILL');
    expect(await campus.exited).toBe(1);
    expect(campus.output()).toMatch(/^Campus stops: the application .* ended by itself\.$/m);
    expect(family.filter(runs)).toEqual([]);
  });

  test('leaves nothing running when it is killed outright, and finds its data again', async () => {
    const data = newFolder();
    const first = await launchReady(data);
    expect((await post(first, '/users')).status).toBe(201);
    const family = descendantsOf(pidOf(first));
    first.child.kill('SIGKILL');
    await until(() => family.filter(runs).length === 0);
    const second = await launchReady(data);
    expect(await (await post(second, '/users/verify')).json()).toMatchObject({ valid: true });
  });

  test('ends a database that a killed start left behind', async () => {
    const data = newFolder();
    const first = await launchReady(data);
    const emulator = emulatorOf(first);
    const database = descendantsOf(pidOf(first)).filter((pid) => pid !== emulator);
    process.kill(emulator, 'SIGSTOP');
    first.child.kill('SIGKILL');
    process.kill(emulator, 'SIGKILL');
    await first.exited;
    expect(database.filter(runs)).toHaveLength(1);
    await launchReady(data);
    expect(database.filter(runs)).toEqual([]);
  });
});

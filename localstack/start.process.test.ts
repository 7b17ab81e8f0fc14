import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { freePort, tryPort } from '../project/ports.ts';
import { descendantsOf, runs } from '../project/processes.ts';
import { until } from '../project/until.ts';
import { endLaunched, launch, launchReady, modeOf, newFolder } from '../tests/support/starts.ts';
import { type Campus, listeningAddresses } from '../tests/support/supervisor.ts';

const account = { username: 'durable', password: 'correct horse battery' };

afterEach(endLaunched);

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

async function post(campus: Campus, path: string, body: object = account) {
  const headers = { 'Content-Type': 'application/json' };
  return fetch(campus.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
}

describe('a start that works', () => {
  test('says so, keeps its data from others and ends whole on SIGTERM', async () => {
    const data = newFolder();
    chmodSync(data, 0o755);
    writeFileSync(join(data, 'lock'), '', { mode: 0o644 });
    writeFileSync(join(data, 'campus.log'), 'x'.repeat(17 * 1024 * 1024), { mode: 0o644 });
    const campus = await launchReady(data);
    const family = descendantsOf(pidOf(campus));
    expect(family).toHaveLength(2);
    expect(campus.output().trimEnd().split('\n').at(-1)).toBe(
      `Campus is ready at ${campus.url.replace('127.0.0.1', 'localhost')}`,
    );
    expect(modeOf(data)).toBe(0o700);
    const files = readdirSync(data, { recursive: true }).map(String);
    expect(files).toEqual(
      expect.arrayContaining(['dynamodb.pid', 'endpoints.json', join('secrets', 'jwt-signing-key')]),
    );
    expect(statSync(join(data, 'campus.log')).size).toBeLessThan(1024 * 1024);
    expect(statSync(join(data, 'campus.log.1')).size).toBe(17 * 1024 * 1024);
    expect(files.filter((name) => modeOf(join(data, name)) & 0o077)).toEqual([]);
    campus.child.kill('SIGTERM');
    expect(await campus.exited).toBe(0);
    expect(family.filter(runs)).toEqual([]);
  });

  test('answers on each of several ports, and lets go of them all', async () => {
    const ports = [await freePort(), await freePort(), await freePort()];
    const campus = launch(ports.join(','), newFolder());
    await until(() => /Campus is ready at/.test(campus.output()));
    for (const port of ports) {
      const answer = await fetch(`http://127.0.0.1:${port}/status`);
      expect([port, answer.status]).toEqual([port, 200]);
      expect(campus.output()).toContain(`http://localhost:${port}`);
    }
    campus.child.kill('SIGTERM');
    expect(await campus.exited).toBe(0);
    for (const port of ports) expect(await tryPort(port)).toBe(port);
  });

  test('says where to read, as whom to sign in, where the data lie, how to begin anew and how to stop', async () => {
    const data = newFolder();
    const campus = await launchReady(data);
    const url = campus.url.replace('127.0.0.1', 'localhost');
    for (const said of [
      `pages          ${url}/`,
      `${url}/docs`,
      'admin/admin',
      'victor/1234',
      data,
      'npm run db:reset',
      'Ctrl-C',
    ])
      expect(campus.output()).toContain(said);
    campus.child.kill('SIGINT');
    expect(await campus.exited).toBe(0);
    expect(campus.output()).toMatch(/\nCampus stopped\.\n$/);
  });

  test('listens on the loopback interface only, and the emulator on the port of the API only', async () => {
    const campus = await launchReady();
    const emulator = emulatorOf(campus);
    expect(listeningAddresses(emulator)).toEqual([campus.url.replace('http://', '')]);
    for (const pid of [pidOf(campus), ...descendantsOf(pidOf(campus)).filter(isOurs)]) {
      expect(listeningAddresses(pid)).toEqual([expect.stringMatching(/^127\.\d+\.\d+\.\d+:\d+$/)]);
    }
  });

  test('keeps a connection for a client that is held up, and ends whole though it is still open', async () => {
    const campus = await launchReady();
    const { headers } = await fetch(`${campus.url}/status`);
    expect(headers.get('keep-alive')).toBe('timeout=60');
    campus.child.kill('SIGTERM');
    expect(await campus.exited).toBe(0);
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

  test('answers 503 and when to come back, never 401 or 500, while its database is gone, and then stops', async () => {
    const campus = await launchReady();
    const admin = { username: 'admin', password: 'admin' };
    const token = ((await (await post(campus, '/auth/login', admin)).json()) as { access_token: string }).access_token;
    const emulator = emulatorOf(campus);
    const family = descendantsOf(pidOf(campus));
    // Asleep, the supervisor does not see what it would stop for.
    campus.child.kill('SIGSTOP');
    for (const pid of family) if (pid !== emulator) process.kill(pid, 'SIGKILL');
    const headers = { Authorization: `Bearer ${token}` };
    const answers = await Promise.all([
      fetch(`${campus.url}/get_grades/1`, { headers }),
      fetch(`${campus.url}/products`, { headers }),
      post(campus, '/auth/login', admin),
      post(campus, '/users'),
    ]);
    for (const answer of answers) {
      expect({ url: answer.url, status: answer.status, body: await answer.json() }).toMatchObject({
        status: 503,
        body: { code: 'busy' },
      });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
    campus.child.kill('SIGCONT');
    expect(await campus.exited).toBe(1);
    expect(campus.output()).toMatch(/^Campus stops: DynamoDB .* ended by itself\.$/m);
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

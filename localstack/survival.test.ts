import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, test } from '@jest/globals';
import { expectMarks, runMainFlow } from '../tests/support/main-flow.ts';
import { type Campus, descendantsOf, runs, startCampus, until, whenReady } from '../tests/support/supervisor.ts';
import { freePort } from './engines/ports.ts';

const data = mkdtempSync(join(tmpdir(), 'campus-survival-'));
let campus: Campus;

async function start(): Promise<void> {
  campus = await whenReady(startCampus({ port: await freePort(), data }));
  process.env.CAMPUS_URL = campus.url;
}

async function killEverything(): Promise<void> {
  const family = [campus.child.pid ?? 0, ...descendantsOf(campus.child.pid ?? 0)];
  for (const pid of family) process.kill(pid, 'SIGKILL');
  await until(() => !family.some(runs));
}

afterEach(async () => {
  campus.child.kill('SIGTERM');
  await campus.exited;
  rmSync(data, { recursive: true });
});

test('what was answered before everything was killed at once is there after the next start', async () => {
  await start();
  const student = await runMainFlow();
  await killEverything();
  await start();
  await expectMarks(student);
});

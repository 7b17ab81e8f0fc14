import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, test } from '@jest/globals';
import { freePort } from '../project/ports.ts';
import { expectMarks, runMainFlow } from '../tests/support/main-flow.ts';
import { type Campus, killWhole, startCampus, whenReady } from '../tests/support/supervisor.ts';

const data = mkdtempSync(join(tmpdir(), 'campus-survival-'));
let campus: Campus;

async function start(): Promise<void> {
  campus = await whenReady(startCampus({ port: await freePort(), data }));
  process.env.CAMPUS_URL = campus.url;
}

afterEach(async () => {
  campus.child.kill('SIGTERM');
  await campus.exited;
  rmSync(data, { recursive: true });
});

test('what was answered before everything was killed at once is there after the next start', async () => {
  await start();
  const student = await runMainFlow();
  await killWhole(campus);
  await start();
  await expectMarks(student);
});

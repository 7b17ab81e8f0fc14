import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { run } from '../project/processes.ts';
import { projectRoot } from '../project/root.ts';

test('an install without development dependencies goes through, and says what is not there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'campus-build-'));
  copyFileSync(join(projectRoot, 'cli/build.mjs'), join(folder, 'build.mjs'));
  const build = (npm_lifecycle_event: string) =>
    run(process.execPath, [join(folder, 'build.mjs')], { env: { npm_lifecycle_event } });
  expect(await build('postinstall')).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^The command line \(npx campus\) was not built: .*esbuild.*\n$/),
  });
  expect((await build('cli:build')).code).not.toBe(0);
  rmSync(folder, { recursive: true });
});

test('where it was not built, it says how to', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'campus-build-'));
  copyFileSync(join(projectRoot, 'cli/campus.mjs'), join(folder, 'campus.mjs'));
  const { code, output } = await run(process.execPath, [join(folder, 'campus.mjs'), '--help']);
  expect([code, output]).toEqual([1, expect.stringContaining('npm run cli:build')]);
  rmSync(folder, { recursive: true });
});

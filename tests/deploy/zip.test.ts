import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { zip } from '../../deploy/packaging/bundle.ts';

const files = () =>
  new Map([
    ['index.mjs', Buffer.from('export const handler = 1;')],
    ['assets/é.css', Buffer.from('body{}')],
  ]);

test('equal files make an equal archive, so that unchanged code is not deployed again', async () => {
  expect((await zip(files())).equals(await zip(files()))).toBe(true);
});

test('an archive is read by somebody else’s reader, names and all', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'campus-zip-'));
  const path = join(folder, 'a.zip');
  writeFileSync(path, await zip(files()));
  const script =
    'import sys,zipfile\nwith zipfile.ZipFile(sys.argv[1]) as z: assert z.testzip() is None; print(z.namelist())';
  const names = String(execFileSync('python3', ['-c', script, path]));
  rmSync(folder, { recursive: true });
  expect(names.trim()).toBe("['index.mjs', 'assets/é.css']");
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { zip } from '../../deploy/packaging/zip.ts';

const files = { 'index.mjs': Buffer.from('export const a = 1;\n'.repeat(500)), 'assets/é.css': Buffer.from('b{}') };

test('equal files make an equal archive, so that nothing is deployed that did not change', () => {
  expect(zip(files).equals(zip({ ...files }))).toBe(true);
  expect(zip({ ...files, 'assets/é.css': Buffer.from('i{}') }).equals(zip(files))).toBe(false);
});

test('what goes in comes out', () => {
  const archive = zip({ one: files['index.mjs'] });
  const size = archive.readUInt32LE(18);
  expect(inflateRawSync(archive.subarray(30 + 3, 30 + 3 + size))).toEqual(files['index.mjs']);
});

test('another program reads it and finds its sums right', () => {
  const folder = mkdtempSync(join(tmpdir(), 'campus-zip-'));
  try {
    const file = join(folder, 'a.zip');
    writeFileSync(file, zip(files));
    const listed = execFileSync('python3', ['-m', 'zipfile', '-t', file], { encoding: 'utf8' });
    expect(listed).toMatch(/Done testing/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

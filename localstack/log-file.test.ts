import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { olderPart, rotate } from './log-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'campus-log-'));
const file = join(folder, 'campus.log');
const read = (path: string): string => readFileSync(path, 'utf8');
afterAll(() => rmSync(folder, { recursive: true }));

test('a log that is not there, or not too long, is left alone', () => {
  rotate(file, 10);
  writeFileSync(file, '0123456789');
  rotate(file, 10);
  expect(read(file)).toBe('0123456789');
});

test('one that is too long begins anew, and what it held takes the place of what was kept', () => {
  appendFileSync(file, '!');
  rotate(file, 10);
  expect([read(file), read(olderPart(file))]).toEqual(['', '0123456789!']);
  appendFileSync(file, 'abcdefghijklmno');
  rotate(file, 10);
  expect([read(file), read(olderPart(file))]).toEqual(['', 'abcdefghijklmno']);
});

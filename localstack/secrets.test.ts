import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { prepareSecrets } from './secrets.ts';

const data = mkdtempSync(join(tmpdir(), 'campus-prepared-'));
const file = join(data, 'secrets', 'signing-secret');
afterAll(() => rmSync(data, { recursive: true }));

test.each([
  ['blank', '\n', /The key ring is empty/],
  ['a short plain text', 'x'.repeat(31), /shorter than 32 characters/],
  ['a ring without keys', '{"keys":[]}', /The key ring must be/],
])('a start refuses a signing secret that is %s, says where it is, and leaves it', (_, text, reason) => {
  mkdirSync(join(data, 'secrets'), { recursive: true });
  writeFileSync(file, text);
  expect(() => prepareSecrets(data)).toThrow(reason);
  expect(() => prepareSecrets(data)).toThrow(file);
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('a start takes the plain secret that an older version made, and makes a ring where there is none', () => {
  writeFileSync(file, 'x'.repeat(43));
  prepareSecrets(data);
  expect(readFileSync(file, 'utf8')).toBe('x'.repeat(43));
  rmSync(file);
  prepareSecrets(data);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    keys: [{ kty: 'oct', kid: expect.any(String), k: expect.stringMatching(/^[\w-]{43}$/) }],
  });
});

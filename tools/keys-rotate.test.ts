import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parseKeyRing } from '../functions/auth/key-ring.ts';
import { prepareSecrets } from '../localstack/secrets.ts';
import { projectRoot } from '../project/root.ts';

const run = promisify(execFile);
const data = mkdtempSync(join(tmpdir(), 'campus-keys-'));
const file = join(prepareSecrets(data), 'jwt-signing-key');
afterAll(() => rmSync(data, { recursive: true }));

const rotate = (...args: string[]) =>
  run(process.execPath, [join(projectRoot, 'tools/keys-rotate.ts'), ...args], {
    env: { ...process.env, CAMPUS_DATA: data },
  });
const kids = () => parseKeyRing(readFileSync(file, 'utf8')).keys.map(({ kid }) => kid);

describe('npm run keys:rotate', () => {
  test('adds, promotes and retires a key, and never shows one', async () => {
    const [old = ''] = kids();
    const { stdout } = await rotate('add', '--kid', 'winter');
    expect(kids()).toEqual([old, 'winter']);
    expect(stdout).toBe(`${old}  signs and verifies\nwinter  verifies\n`);
    await rotate('promote', '--kid', 'winter');
    expect(kids()).toEqual(['winter', old]);
    await rotate('retire', '--kid', old);
    expect(kids()).toEqual(['winter']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test.each([
    ['the key that signs', ['retire', '--kid', 'winter'], /promote another one first/],
    ['a key that is not there', ['promote', '--kid', 'summer'], /no key summer/],
    ['a second key of one id', ['add', '--kid', 'winter'], /already/],
    ['a step that does not exist', ['burn'], /no step burn/],
    ['no key at all', ['retire'], /--kid/],
  ])('refuses %s and leaves the ring as it was', async (_, args, reason) => {
    const before = readFileSync(file, 'utf8');
    await expect(rotate(...args)).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(reason) });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});

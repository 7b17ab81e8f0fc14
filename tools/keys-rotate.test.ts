import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parseKeyRing } from '../functions/auth/key-ring.ts';
import { prepareSecrets } from '../localstack/secrets.ts';
import { parseSigningRing } from '../platform/aws/signing.ts';
import { writeSecretFile } from '../project/new-secrets.ts';
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

describe('npm run keys:rotate -- --secret signing-secret', () => {
  const secret = join(data, 'secrets', 'signing-secret');
  const ofSecret = (...args: string[]) => rotate(...args, '--secret', 'signing-secret');
  const keys = () => parseSigningRing(readFileSync(secret, 'utf8')).keys;

  test('makes a ring of a plain secret, which goes on signing until another is promoted', async () => {
    const plain = 'a plain secret of more than thirty-two characters\n';
    writeSecretFile(secret, plain);
    expect((await ofSecret('status')).stdout).toBe('first  signs and verifies\n');
    expect(readFileSync(secret, 'utf8')).toBe(plain);
    const { stdout } = await ofSecret('add', '--kid', 'winter');
    expect(stdout).toBe('first  signs and verifies\nwinter  verifies\n');
    expect(Buffer.from(keys()[0].k, 'base64url').toString()).toBe(plain);
    await ofSecret('promote', '--kid', 'winter');
    expect(keys().map(({ kid }) => kid)).toEqual(['winter', 'first']);
    await ofSecret('retire', '--kid', 'first');
    expect(keys()).toEqual([{ kty: 'oct', kid: 'winter', k: expect.stringMatching(/^[\w-]{43}$/) }]);
    expect(statSync(secret).mode & 0o777).toBe(0o600);
  });

  test.each([
    ['a ring that is none', ['add'], '{"keys":[]}', /The key ring must be/],
    ['the key that signs', ['retire', '--kid', 'first'], 'x'.repeat(40), /promote another one first/],
  ])('refuses %s and leaves the secret as it was', async (_, args, text, reason) => {
    writeSecretFile(secret, text);
    await expect(ofSecret(...args)).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(reason) });
    expect(readFileSync(secret, 'utf8')).toBe(text);
  });

  test('knows two secrets, and no other', async () => {
    await expect(rotate('add', '--secret', '../lock')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/jwt-signing-key or signing-secret/),
    });
  });
});

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

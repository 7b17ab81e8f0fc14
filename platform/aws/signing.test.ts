import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { clock } from '../base/clock.ts';
import { isSigned, parseSigningRing, sign } from './signing.ts';

const NOW = Date.UTC(2030, 0, 1);
const PLAIN = 'a secret as it was stored before there were rings\n';
const before = process.env.CAMPUS_SECRETS_DIR;
const folder = mkdtempSync(join(tmpdir(), 'campus-signing-'));

let elapsed = 0;
/** Has a text stand as the secret, and lets the time pass after which it is known. */
function stored(text: string, seconds = 300): void {
  writeFileSync(join(folder, 'signing-secret'), text);
  elapsed += seconds * 1000;
  jest.spyOn(clock, 'now').mockReturnValue(NOW + elapsed);
}

const key = (kid: string, k: string) => ({ kty: 'oct', kid, k: Buffer.from(k.padEnd(32, '.')).toString('base64url') });
const ring = (...keys: object[]): string => JSON.stringify({ keys });
const [one, two] = [key('one', '1'), key('two', '2')];

beforeAll(() => {
  process.env.CAMPUS_SECRETS_DIR = folder;
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => {
  process.env.CAMPUS_SECRETS_DIR = before;
  rmSync(folder, { recursive: true });
});

describe('what is signed', () => {
  test('by a plain secret is what it was before there were rings, also once that is a key of a ring', async () => {
    const parts = ['list', '\0', Buffer.from('payload')];
    const mac = createHmac('sha256', PLAIN).update('list\0payload').digest();
    stored(PLAIN);
    expect(await sign(parts)).toEqual(mac);
    expect(await sign(parts, 16)).toEqual(mac.subarray(0, 16));
    stored(ring(two, ...parseSigningRing(PLAIN).keys));
    expect(await sign(parts)).not.toEqual(mac);
    expect([await isSigned(mac, parts), await isSigned(mac.subarray(0, 16), parts, 16)]).toEqual([true, true]);
  });

  test('by the first key is good as long as its key lives', async () => {
    stored(ring(one, two));
    const mac = await sign(['x']);
    stored(ring(two, one));
    expect(await sign(['x'])).not.toEqual(mac);
    expect(await isSigned(mac, ['x'])).toBe(true);
    stored(ring(two));
    expect(await isSigned(mac, ['x'])).toBe(false);
  });

  test('is good for nothing else, nor when it is cut or empty', async () => {
    stored(ring(one, two));
    const mac = await sign(['x']);
    const others = [isSigned(mac, ['y']), isSigned(mac, ['x'], 16), isSigned(mac.subarray(1), ['x'])];
    expect(await Promise.all([...others, isSigned(Buffer.alloc(0), ['x'])])).toEqual(Array(4).fill(false));
  });

  test('by a key that is newer than the known ones is good at once, looked up every half a minute at most', async () => {
    stored(ring(two, one));
    const mac = await sign(['x']);
    stored(ring(one));
    expect(await isSigned(mac, ['x'])).toBe(false);
    stored(ring(two, one), 29);
    expect(await isSigned(mac, ['x'])).toBe(false);
    stored(ring(two, one), 1);
    expect(await isSigned(mac, ['x'])).toBe(true);
  });
});

test.each([
  ['empty', ''],
  ['blank', '\n'],
  ['half a ring', '{"keys":[{"kty":"oct","kid":"secret-text"'],
  ['a single key', JSON.stringify(key('secret-text', 'x'))],
  ['without a key', '{"keys":[]}'],
  ['null for a key', '{"keys":[null]}'],
  ['of other keys', '{"keys":[{"kty":"EC","kid":"secret-text","k":"AAAAAAAAAAAAAAAAAAAAAA"}]}'],
  ['of a key that is short', '{"keys":[{"kty":"oct","kid":"secret-text","k":"AAAAAAAAAAAAAAAAAAAA"}]}'],
  ['of a key that is no Base64url', `{"keys":[{"kty":"oct","kid":"secret-text","k":"${'+'.repeat(40)}"}]}`],
  ['of a key without an id', '{"keys":[{"kty":"oct","kid":"","k":"AAAAAAAAAAAAAAAAAAAAAA"}]}'],
  ['of one id twice', ring(key('secret-text', '1'), key('secret-text', '2'))],
])('a secret that is %s is refused without being quoted', (_, text) => {
  expect(() => parseSigningRing(text)).toThrow(/key ring/);
  expect(() => parseSigningRing(text)).not.toThrow(/secret-text|AAAA/);
});

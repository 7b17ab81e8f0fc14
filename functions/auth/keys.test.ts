import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { prepareSecrets } from '../../localstack/secrets.ts';
import { clock } from '../../platform/base/clock.ts';
import { keyPart } from '../../platform/base/key-part.ts';
import { newSigningKey } from '../../project/new-secrets.ts';
import { bearerOf, newAccount, opens, sessions, signIn } from '../../tests/support/accounts.ts';
import { call } from '../../tests/support/call.ts';
import { createContext } from '../../tests/support/tables.ts';
import { addKey, promoteKey, retireKey } from '../../tools/key-rotation.ts';
import { type KeyRing, parseKeyRing } from './key-ring.ts';
import { ACCESS_SECONDS, CLOCK_TOLERANCE } from './lifetimes.ts';
import { signAccessToken, verifyAccessToken } from './tokens.ts';

const real = process.env.CAMPUS_SECRETS_DIR ?? '';
const now = clock.now;
const data = mkdtempSync(join(tmpdir(), 'campus-ring-'));
const file = join(prepareSecrets(data), 'jwt-signing-key');

let elapsed = 0;
const pass = (seconds: number): void => {
  elapsed += seconds * 1000;
};
const ring = (): KeyRing => parseKeyRing(readFileSync(file, 'utf8'));
const store = (changed: KeyRing): void => writeFileSync(file, JSON.stringify(changed));
const published = async () => (await call(sessions, 'GET /.well-known/jwks.json')).body.keys;
const kids = async () => (await published()).map(({ kid }: { kid: string }) => kid);
const kidOf = (token: string): string => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;

beforeAll(async () => {
  await createContext('auth');
  process.env.CAMPUS_SECRETS_DIR = data.concat('/secrets');
  clock.now = () => now() + elapsed;
});
afterAll(() => {
  process.env.CAMPUS_SECRETS_DIR = real;
  clock.now = now;
  rmSync(data, { recursive: true });
});
beforeEach(() => pass(301));

describe('a rotation of the keys', () => {
  test('refuses no good token at any of its steps', async () => {
    const username = await newAccount();
    const [first = ''] = await kids();
    const before = await signIn(username);
    store(addKey(ring(), newSigningKey('second')));
    pass(301);
    expect(await kids()).toEqual([first, 'second']);
    expect(kidOf((await signIn(username)).access_token)).toBe(first);
    store(promoteKey(ring(), 'second'));
    pass(301);
    const after = await signIn(username);
    expect(kidOf(after.access_token)).toBe('second');
    expect([await opens(before.access_token), await opens(after.access_token)]).toEqual([true, true]);
    store(retireKey(ring(), first));
    pass(301);
    expect(await kids()).toEqual(['second']);
    expect([await opens(before.access_token), await opens(after.access_token)]).toEqual([false, true]);
  });

  test('is noticed at the first token of a key that is not known yet', async () => {
    const { access_token } = await signIn(await newAccount());
    const original = ring();
    store({ keys: [{ ...original.keys[0], kid: 'renamed' }] });
    pass(301);
    await kids();
    store(original);
    // The ring was read just now: an unknown key is no reason yet to read it again.
    expect(await opens(access_token)).toBe(false);
    pass(31);
    expect(await opens(access_token)).toBe(true);
  });

  test('cannot be provoked: invented key ids have the ring read every half a minute at most', async () => {
    const { access_token } = await signIn(await newAccount());
    const original = ring();
    store(addKey(original, newSigningKey('new')));
    const [header = '', ...rest] = access_token.split('.');
    const invented = { ...JSON.parse(Buffer.from(header, 'base64url').toString()), kid: 'invented' };
    const forged = [Buffer.from(JSON.stringify(invented)).toString('base64url'), ...rest].join('.');
    expect(await opens(forged)).toBe(false);
    expect(await kids()).not.toContain('new');
    store(original);
  });

  test('that leaves a broken ring behind is no outage: the last good one goes on', async () => {
    const original = ring();
    const { access_token } = await signIn(await newAccount());
    writeFileSync(file, 'not json');
    pass(301);
    expect(await opens(access_token)).toBe(true);
    store(original);
  });
});

describe('a token that was verified', () => {
  const verifications = () => jest.spyOn(crypto.subtle, 'verify');
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('is not verified again while its key is in the ring, and another is', async () => {
    const { access_token } = await signIn(await newAccount());
    const other = await signIn(await newAccount());
    await opens(access_token);
    const verify = verifications();
    expect([await opens(access_token), await opens(access_token)]).toEqual([true, true]);
    expect(verify).not.toHaveBeenCalled();
    expect(await opens(other.access_token)).toBe(true);
    expect(verify).toHaveBeenCalledTimes(1);
  });

  test('counts until its time is over, and not longer', async () => {
    const { access_token } = await signIn(await newAccount());
    expect(await opens(access_token)).toBe(true);
    pass(ACCESS_SECONDS + CLOCK_TOLERANCE - 2);
    expect(await opens(access_token)).toBe(true);
    pass(3);
    expect(await opens(access_token)).toBe(false);
  });

  test('counts for nothing with another letter in it', async () => {
    const { access_token } = await signIn(await newAccount());
    expect(await opens(access_token)).toBe(true);
    expect(await opens(access_token.replace(/.(?=.{20}$)/, (sign) => (sign === 'A' ? 'B' : 'A')))).toBe(false);
  });

  test('opens nothing once its session is ended', async () => {
    const { access_token } = await signIn(await newAccount());
    expect(await opens(access_token)).toBe(true);
    await call(sessions, 'POST /auth/logout', { as: await bearerOf({ access_token }) });
    expect(await opens(access_token)).toBe(false);
  });

  test('is forgotten when a thousand others came after it', async () => {
    const claims = { username: keyPart('u'), sessionId: keyPart('s'), generation: 'g' };
    const tokens = await Promise.all(
      Array.from({ length: 1001 }, (_, i) => signAccessToken({ ...claims, sessionId: keyPart(`s${i}`) })),
    );
    for (const token of tokens) await verifyAccessToken(token);
    const verify = verifications();
    await verifyAccessToken(tokens.at(-1) ?? '');
    expect(verify).not.toHaveBeenCalled();
    await verifyAccessToken(tokens[0] ?? '');
    expect(verify).toHaveBeenCalledTimes(1);
  });
});

test('jwks.json shows no private part', async () => {
  for (const key of await published())
    expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
});

test.each([
  ['not JSON', 'secret-text'],
  ['a single key', '{"kty":"EC","crv":"P-256","kid":"a","x":"a","y":"a","d":"secret-text"}'],
  ['no key', '{"keys":[]}'],
  ['a public key', '{"keys":[{"kty":"EC","crv":"P-256","kid":"secret-text","x":"a","y":"a"}]}'],
  [
    'one id twice',
    `{"keys":[${Array(2).fill('{"kty":"EC","crv":"P-256","kid":"secret-text","x":"a","y":"a","d":"a"}').join()}]}`,
  ],
])('a ring that is %s is refused without being quoted', (_, text) => {
  expect(() => parseKeyRing(text)).toThrow(/key ring/);
  expect(() => parseKeyRing(text)).not.toThrow(/secret-text/);
});

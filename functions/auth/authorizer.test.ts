import { createHmac, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { type CryptoKey, exportSPKI, importJWK, SignJWT } from 'jose';
import { clock, epochSeconds } from '../../platform/base/clock.ts';
import { send } from '../../platform/base/http-client.ts';
import {
  accounts,
  authorize,
  newAccount,
  openAccounts,
  opens,
  sessions,
  signIn,
} from '../../tests/support/accounts.ts';
import { admin, call } from '../../tests/support/call.ts';
import { handler } from './authorizer.ts';
import { parseKeyRing } from './key-ring.ts';
import { ALGORITHM } from './keys.ts';

let username = '';
let token = '';
let claims: Record<string, unknown> = {};

const ring = () => parseKeyRing(readFileSync(join(process.env.CAMPUS_SECRETS_DIR ?? '', 'jwt-signing-key'), 'utf8'));
const own = async () => (await importJWK({ ...ring().keys[0] }, ALGORITHM)) as CryptoKey;
const decode = (part = ''): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString());
const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

beforeAll(async () => {
  await openAccounts();
  username = await newAccount('teacher');
  token = (await signIn(username)).access_token;
  claims = decode(token.split('.')[1]);
});

const now = clock.now;
afterEach(() => {
  clock.now = now;
});

/** A token signed with our own key, so that only what is changed can be what is refused. */
async function signed(changes: Record<string, unknown>, header: Record<string, unknown> = {}, key?: CryptoKey) {
  const { kid } = ring().keys[0];
  return new SignJWT({ ...claims, ...changes })
    .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'at+jwt', ...header })
    .sign(key ?? (await own()));
}

describe('the authorizer', () => {
  test('lets the bearer of an open session through and says who calls, with the role as it is now', async () => {
    expect(await authorize(`Bearer ${token}`)).toEqual({ username, role: 'teacher', session_id: claims.sid });
    expect(await authorize(`bearer  ${token}`)).toMatchObject({ username });
    expect(await opens(await signed({}))).toBe(true);
  });

  test.each([
    ['none', undefined],
    ['an empty one', ''],
    ['another scheme', 'Basic YWRtaW46YWRtaW4='],
    ['no token', 'Bearer '],
    ['two tokens', 'Bearer a.b.c, Bearer d.e.f'],
    ['a token that is none', 'Bearer a.b.c'],
    ['one of 5,000 characters', `Bearer ${'a'.repeat(5000)}.b.c`],
  ])('refuses an Authorization header with %s', async (_, header) => {
    expect(await authorize(header)).toBe('Unauthorized');
  });

  test('refuses a token without a signature, or signed with the public key as a secret', async () => {
    const [, payload] = token.split('.');
    const { kid } = ring().keys[0];
    for (const alg of ['none', 'None', 'NONE']) expect(await opens(`${encode({ alg, kid })}.${payload}.`)).toBe(false);
    const { kty, crv, x, y } = ring().keys[0];
    const publicKey = { kty, crv, x, y };
    const pem = await exportSPKI((await importJWK(publicKey, ALGORITHM)) as CryptoKey);
    for (const secret of [pem, JSON.stringify(publicKey)]) {
      const text = `${encode({ alg: 'HS256', kid })}.${payload}`;
      expect(await opens(`${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`)).toBe(false);
    }
  });

  test('refuses a key that the token itself brings, or names by an unknown id', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const stranger = (await importJWK(privateKey.export({ format: 'jwk' }), ALGORITHM)) as CryptoKey;
    const jwk = publicKey.export({ format: 'jwk' });
    for (const header of [
      { jwk },
      { jku: 'https://example.com/jwks.json' },
      { x5u: 'https://example.com' },
      { kid: 'unknown' },
      { kid: '' },
      { kid: undefined },
      { kid: '__proto__' },
      { kid: '../../../../dev/null' },
    ])
      expect(await opens(await signed({}, header, stranger))).toBe(false);
    expect(await opens(await signed({}, { kid: 'unknown' }))).toBe(false);
    expect(await opens(await signed({}, { crit: ['exp'], exp: 1 }).catch(() => 'a.b.c'))).toBe(false);
  });

  test.each([['JWT'], ['id+jwt'], [''], [undefined], ['at+jwt+x']])(
    'refuses a token of the type %j: one of ours that is no access token opens nothing',
    async (typ) => {
      expect(await opens(await signed({}, { typ }))).toBe(false);
    },
  );

  test('gives out tokens of the type at+jwt (RFC 9068)', () => {
    expect(decode(token.split('.')[0])).toMatchObject({ typ: 'at+jwt', alg: ALGORITHM });
  });

  test('refuses a token with any one of its characters changed', async () => {
    for (let i = 0; i < token.length; i += 1) {
      const other = token[i] === 'A' ? 'Q' : 'A';
      if (token[i] !== '.') expect(await opens(token.slice(0, i) + other + token.slice(i + 1))).toBe(false);
    }
    for (const other of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
      if (other !== token.at(-1)) expect(await opens(token.slice(0, -1) + other)).toBe(false);
  });

  const wrong: [what: string, changes: Record<string, unknown>][] = [
    ['another issuer', { iss: 'somebody' }],
    ['no issuer', { iss: undefined }],
    ['another audience', { aud: 'another-api' }],
    ['no audience', { aud: undefined }],
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: '' }],
    ['a number as its subject', { sub: 12 }],
    ['no session', { sid: undefined }],
    ['an object as its session', { sid: {} }],
    ['a session’s generation missing', { gen: undefined }],
    ['another generation', { gen: 'older' }],
    ['no expiry', { exp: undefined }],
    ['an expiry far away and an old date of issue', { exp: 9e9, iat: 1e9 }],
    ['a date of issue in the future', { iat: 9e9, exp: 9e9 + 900 }],
    ['a first moment in the future', { nbf: 9e9 }],
    ['the name of an account that does not exist', { sub: 'nobody-at-all' }],
    ['somebody else’s name', { sub: 'other' }],
  ];
  test.each(wrong)('refuses a token with %s', async (_, changes) => {
    if (changes.sub === 'other') changes.sub = await newAccount('admin');
    expect(await opens(await signed(changes))).toBe(false);
  });

  test('bears clocks that are 30 s apart and no more', async () => {
    const at = epochSeconds();
    expect(await opens(await signed({ iat: at - 920, exp: at - 20 }))).toBe(true);
    expect(await opens(await signed({ iat: at - 940, exp: at - 35 }))).toBe(false);
    expect(await opens(await signed({ nbf: at + 20 }))).toBe(true);
    expect(await opens(await signed({ nbf: at + 35 }))).toBe(false);
  });

  test('believes the account and not the token about the role', async () => {
    expect(await authorize(`Bearer ${await signed({ role: 'admin' })}`)).toMatchObject({ role: 'teacher' });
  });

  test('agrees with POST /auth/verify', async () => {
    const verify = (one: unknown) => call(sessions, 'POST /auth/verify', { body: { token: one } });
    const { status, body } = await verify(token);
    expect([status, body.username, body.valid, body.role]).toEqual([200, username, true, 'teacher']);
    expect(Date.parse(body.expires_at) / 1000).toBe(claims.exp);
    expect((await verify(await signed({ iss: 'x' }))).body.code).toBe('invalid_token');
    expect((await verify('')).status).toBe(400);
    expect((await verify(undefined)).status).toBe(400);
    const { access_token } = await signIn(username);
    await call(sessions, 'POST /auth/logout', {
      as: { username, role: 'teacher', session_id: decode(access_token.split('.')[1]).sid as string },
    });
    expect((await verify(access_token)).status).toBe(401);
  });
});

describe('the authorizer and a script of an allowed origin', () => {
  const before = process.env.CORS_ORIGINS;
  afterEach(() => {
    process.env.CORS_ORIGINS = before ?? '';
  });
  const answerTo = (Origin: string, Authorization: string) => {
    process.env.CORS_ORIGINS = 'https://school.example,https://parents.example';
    return handler({
      type: 'REQUEST',
      methodArn: 'arn:x',
      headers: { Origin, Authorization },
    } as unknown as APIGatewayRequestAuthorizerEvent);
  };

  test('is let through as nobody where it is refused, so that a function words the 401', async () => {
    for (const refused of ['Bearer a.b.c', 'Basic x', `Bearer ${await signed({ iss: 'x' })}`]) {
      const { principalId, context } = await answerTo('https://parents.example', refused);
      expect([principalId, context]).toEqual(['nobody', {}]);
      await expect(answerTo('https://elsewhere.example', refused)).rejects.toThrow('Unauthorized');
    }
  });

  test('is whoever its token says', async () => {
    const { principalId, context } = await answerTo('https://school.example', `Bearer ${token}`);
    expect([principalId, context?.role]).toEqual([username, 'teacher']);
  });
});

describe('the authorizer and DynamoDB', () => {
  let server: Server | undefined;
  const real = process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '';
  afterEach(() => {
    process.env.AWS_ENDPOINT_URL_DYNAMODB = real;
    server?.closeAllConnections();
    server?.close();
  });

  /** A DynamoDB whose answers are told, one after another, and then passed on to the real one. */
  async function scripted(...answers: [status: number, body: object][]): Promise<() => string[]> {
    const seen: string[] = [];
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      seen.push(`${request.headers['x-amz-target']}`);
      const [status, answer] = answers.shift() ?? [0, {}];
      if (status) return response.writeHead(status).end(JSON.stringify(answer));
      const headers = request.headers as Record<string, string>;
      const passed = await send(new URL(real), { method: 'POST', body, headers: { ...headers, connection: 'close' } });
      return response.end(passed.body);
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    process.env.AWS_ENDPOINT_URL_DYNAMODB = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return () => seen;
  }

  test('one read each call, and no more', async () => {
    const seen = await scripted();
    expect(await opens(token)).toBe(true);
    expect(seen()).toEqual(['DynamoDB_20120810.GetItem']);
  });

  test('a forged token costs not even that', async () => {
    const seen = await scripted();
    expect(await opens(await signed({ iss: 'x' }))).toBe(false);
    expect(seen()).toEqual([]);
  });

  test('a read that is throttled is tried again; one that goes on failing is an error, never a way in or a 401', async () => {
    const throttled: [number, object] = [400, { __type: 'com.amazonaws#ThrottlingException' }];
    await scripted(throttled, [500, {}]);
    expect(await opens(token)).toBe(true);
    server?.close();
    await scripted(throttled, throttled, throttled, throttled);
    expect(await authorize(`Bearer ${token}`)).toMatch(/ThrottlingException/);
    server?.close();
    const seen = await scripted([400, { __type: 'x#AccessDeniedException' }]);
    expect(await authorize(`Bearer ${token}`)).toMatch(/AccessDenied/);
    expect(seen()).toHaveLength(1);
  });
});

test('an account that does not exist, or was deleted, lets nobody in', async () => {
  const gone = await newAccount();
  const { access_token } = await signIn(gone);
  await call(accounts, `DELETE /users/${gone}`, { as: admin });
  expect(await opens(access_token)).toBe(false);
});

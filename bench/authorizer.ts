import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { type CryptoKey, importJWK, jwtVerify } from 'jose';
import { createContext } from '../tests/support/tables.ts';
import { type Bench, median } from './frame.ts';
import { figure } from './lives.ts';
import { costOf, engines } from './support.ts';

const CALLS = 200;
const HASHES = 5;

type Hash = (password: string) => Promise<string>;

/** The middle of some hashes, in milliseconds. */
async function timeOf(hash: Hash): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < HASHES; i += 1) {
    const start = performance.now();
    await hash('correct horse battery');
    times.push(performance.now() - start);
  }
  return median(times);
}

/** The authorizer with a token that it lets in, and what jose takes to verify that token alone. */
async function prepared() {
  const { handler } = await import('../functions/auth/authorizer.ts');
  const { newAccount, signIn } = await import('../tests/support/accounts.ts');
  const { access_token: token } = await signIn(await newAccount());
  const ring = readFileSync(join(process.env.CAMPUS_SECRETS_DIR ?? '', 'jwt-signing-key'), 'utf8');
  const { d, ...publicJwk } = JSON.parse(ring).keys[0];
  const key = (await importJWK({ ...publicJwk, key_ops: undefined }, 'ES256')) as CryptoKey;
  const event = { type: 'REQUEST', methodArn: 'arn', headers: { Authorization: `Bearer ${token}` } };
  const options = { algorithms: ['ES256'], issuer: 'campus', audience: 'campus-api' };
  return {
    authorize: () => handler({ ...event } as unknown as APIGatewayRequestAuthorizerEvent),
    verify: () => jwtVerify(token, key, options),
  };
}

export const bench: Bench = {
  about:
    "What the authorizer costs: its CPU time for each call against that of jose's bare verification of the same token; and how long a password's argon2id takes (19 MiB, t=2, p=1).",
  rounds: 9,
  rows: [
    {
      what: 'the authorizer beyond bare jose verification, CPU',
      unit: 'µs',
      better: 'lower',
      goal: 250,
      of: ({ authorize = Number.NaN, verify = Number.NaN }) => authorize - verify,
    },
    { what: 'the authorizer', unit: 'µs', better: 'lower', of: figure('authorize') },
    { what: 'bare jose verification', unit: 'µs', better: 'lower', of: figure('verify') },
    { what: 'argon2id', unit: 'ms', better: 'lower', of: figure('hash') },
  ],
  async *measure() {
    await using _ = await engines();
    await createContext('auth');
    const { authorize, verify } = await prepared();
    const { hashPassword } = await import('../functions/auth/passwords.ts');
    for (const one of [authorize, verify]) await costOf(one, 2 * CALLS);
    while (true)
      yield {
        verify: await costOf(verify, CALLS),
        authorize: await costOf(authorize, CALLS),
        hash: await timeOf(hashPassword),
      };
  },
};

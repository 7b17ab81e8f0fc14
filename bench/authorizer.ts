import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { type CryptoKey, decodeJwt, importJWK, jwtVerify } from 'jose';
import { keyPart } from '../platform/base/key-part.ts';
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

/** The authorizer with tokens that it lets in, and what jose takes to verify one of them alone. */
async function prepared() {
  const { handler } = await import('../functions/auth/authorizer.ts');
  const { newAccount, signIn } = await import('../tests/support/accounts.ts');
  const { access_token: token } = await signIn(await newAccount());
  const ring = readFileSync(join(process.env.CAMPUS_SECRETS_DIR ?? '', 'jwt-signing-key'), 'utf8');
  const { d, ...publicJwk } = JSON.parse(ring).keys[0];
  const key = (await importJWK({ ...publicJwk, key_ops: undefined }, 'ES256')) as CryptoKey;
  const { signAccessToken } = await import('../functions/auth/tokens.ts');
  const { sub = '', sid, gen } = decodeJwt(token);
  const session = { username: keyPart(sub), sessionId: keyPart(String(sid)), generation: String(gen) };
  const options = { algorithms: ['ES256'], issuer: 'campus', audience: 'campus-api' };
  return {
    authorize(given: string) {
      const event = { type: 'REQUEST', methodArn: 'arn', headers: { Authorization: `Bearer ${given}` } };
      return handler(event as unknown as APIGatewayRequestAuthorizerEvent);
    },
    /** Tokens of one session, each with a signature of its own. */
    tokens: () => Promise.all(Array.from({ length: CALLS }, () => signAccessToken(session))),
    verify: () => jwtVerify(token, key, options),
  };
}

export const bench: Bench = {
  about:
    "What the authorizer costs: its CPU time for each call with a token that it has not seen against that of jose's bare verification of the same token; and how long a password's argon2id takes (19 MiB, t=2, p=1).",
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
    { what: 'the authorizer, a token that came before', unit: 'µs', better: 'lower', of: figure('again') },
    { what: 'bare jose verification', unit: 'µs', better: 'lower', of: figure('verify') },
    { what: 'argon2id', unit: 'ms', better: 'lower', of: figure('hash') },
  ],
  async *measure() {
    await using _ = await engines();
    await createContext('auth');
    const { authorize, verify, tokens } = await prepared();
    const { hashPassword } = await import('../functions/auth/passwords.ts');
    const costOfEach = (all: readonly string[]) => {
      const left = [...all];
      return costOf(() => authorize(left.pop() ?? ''), CALLS);
    };
    await costOf(verify, 2 * CALLS);
    await costOfEach(await tokens());
    while (true) {
      const seen = await tokens();
      yield {
        verify: await costOf(verify, CALLS),
        authorize: await costOfEach(seen),
        again: await costOfEach(seen),
        hash: await timeOf(hashPassword),
      };
    }
  },
};

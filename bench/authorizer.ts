/**
 * What the authorizer costs: its CPU time for each call against that of jose's bare verification of the same token, the
 * weight of its bundle, and how long argon2id takes. Goals: at most 250 µs more than jose, at most 150 KB.
 *
 * Run it with `npm run bench:authorizer`. All of it in one process, in turns, against one embedded DynamoDB.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { build } from 'esbuild';
import { type CryptoKey, importJWK, jwtVerify } from 'jose';
import { esbuildOptions } from '../esbuild.options.mjs';
import { projectRoot } from '../project/root.ts';
import { createContext } from '../tests/support/tables.ts';
import { costOf, median, report, withEngines } from './support.ts';

const ROUNDS = 15;
const CALLS = 400;
const HASHES = 30;

type Work = () => Promise<unknown>;

async function measureCalls(authorize: Work, verify: Work): Promise<void> {
  for (const one of [authorize, verify]) await costOf(one, 2 * CALLS);
  const rounds: { verify: number; authorize: number }[] = [];
  for (let i = 0; i < ROUNDS; i += 1)
    rounds.push({ verify: await costOf(verify, CALLS), authorize: await costOf(authorize, CALLS) });
  report({
    'bare jose verification, µs of CPU a call': median(rounds.map((round) => round.verify)),
    'authorizer, µs of CPU a call': median(rounds.map((round) => round.authorize)),
    'difference, µs (goal ≤ 250)': median(rounds.map((round) => round.authorize - round.verify)),
  });
}

async function measureBundle(): Promise<void> {
  const entryPoints = [join(projectRoot, 'functions/auth/authorizer.ts')];
  const { outputFiles = [] } = await build({ ...esbuildOptions, entryPoints, write: false });
  report({ 'bundle, KB (goal ≤ 150)': (outputFiles[0]?.contents.length ?? Number.NaN) / 1000 });
}

async function measureHash(hash: (password: string) => Promise<string>): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < HASHES; i += 1) {
    const start = performance.now();
    await hash('correct horse battery');
    times.push(performance.now() - start);
  }
  report({ 'argon2id (19 MiB, t=2, p=1), ms': median(times) });
}

await withEngines(async () => {
  await createContext('auth');
  const { handler } = await import('../functions/auth/authorizer.ts');
  const { newAccount, signIn } = await import('../tests/support/accounts.ts');
  const { hashPassword } = await import('../functions/auth/passwords.ts');
  const { access_token: token } = await signIn(await newAccount());
  const ring = readFileSync(join(process.env.CAMPUS_SECRETS_DIR ?? '', 'jwt-signing-key'), 'utf8');
  const { d, ...publicJwk } = JSON.parse(ring).keys[0];
  const key = (await importJWK({ ...publicJwk, key_ops: undefined }, 'ES256')) as CryptoKey;
  const event = { type: 'REQUEST', methodArn: 'arn', headers: { Authorization: `Bearer ${token}` } };
  const options = { algorithms: ['ES256'], issuer: 'campus', audience: 'campus-api' };
  await measureCalls(
    () => handler({ ...event } as unknown as APIGatewayRequestAuthorizerEvent),
    () => jwtVerify(token, key, options),
  );
  await measureBundle();
  await measureHash(hashPassword);
});

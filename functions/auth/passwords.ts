import * as crypto from 'node:crypto';
import { promisify } from 'node:util';
import { Lane } from '../../platform/base/lane.ts';

/** OWASP's minimum for argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. Never below. */
const PARAMETERS = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const TAG_BYTES = 32;
const SALT_BYTES = 16;

type Parameters = { memory: number; passes: number; parallelism: number };

// Said when the function starts, and not to the first person who signs in.
if (typeof crypto.argon2 !== 'function') throw new Error('Passwords need the argon2 of Node.js 24.7 or later');
const argon2 = promisify(crypto.argon2);

/**
 * Where hashes are made and compared. Where one process serves everybody, argon2 shares libuv's four threads with the
 * verification of tokens, files and DNS, so it never gets more than two of them; and whoever signs in does not wait
 * behind a crowd that signs up. A computer room fits in; beyond that it is busy. (A Lambda has one request at a time.)
 */
export const lanes = {
  making: new Lane({ atOnce: 1, waiting: 64 }),
  comparing: new Lane({ atOnce: 1, waiting: 64 }),
} as const;

function tagOf(password: string, nonce: Buffer, { memory, passes, parallelism }: Parameters): Promise<Buffer> {
  const message = Buffer.from(password);
  return argon2('argon2id', { message, nonce, memory, passes, parallelism, tagLength: TAG_BYTES });
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

function phc(salt: Buffer, tag: Buffer): string {
  const { memory, passes, parallelism } = PARAMETERS;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
}

/** The argon2id hash of a password as a PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$tag`. @throws busy */
export async function hashPassword(password: string): Promise<string> {
  const salt = crypto.randomBytes(SALT_BYTES);
  return phc(salt, await lanes.making.run(() => tagOf(password, salt, PARAMETERS)));
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;

function read(hash: string) {
  const [, m, t, p, salt = '', tag = ''] = PHC.exec(hash) ?? [];
  const parameters = { memory: Number(m), passes: Number(t), parallelism: Number(p) };
  return { parameters, salt: Buffer.from(salt, 'base64'), tag: Buffer.from(tag, 'base64') };
}

/** Whether a password matches its PHC string. @throws busy */
export async function passwordMatches(password: string, hash: string): Promise<boolean> {
  const { parameters, salt, tag } = read(hash);
  const computed = await lanes.comparing.run(() => tagOf(password, salt, parameters));
  return computed.length === tag.length && crypto.timingSafeEqual(computed, tag);
}

/** Whether a hash was made with weaker parameters than today's, or for other lanes: made anew at the next sign-in. */
export function isOutdated(hash: string): boolean {
  const { memory, passes, parallelism } = read(hash).parameters;
  return memory < PARAMETERS.memory || passes < PARAMETERS.passes || parallelism !== PARAMETERS.parallelism;
}

/** The hash of no password at all. */
const decoy = phc(crypto.randomBytes(SALT_BYTES), crypto.randomBytes(TAG_BYTES));

/** Spends what a comparison spends, so that an unknown username takes as long to refuse as a wrong password. @throws busy */
export const pretendToCompare = (password: string): Promise<boolean> => passwordMatches(password, decoy);

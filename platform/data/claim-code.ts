import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { isSigned, type Signed, sign } from '../aws/signing.ts';
import { epochSeconds } from '../base/clock.ts';
import { keyPart } from '../base/key-part.ts';
import { defineProblems } from '../base/problem.ts';
import { key } from './key.ts';
import type { Table } from './table.ts';
import { countTry } from './tally.ts';
import { type Key, lostUpdate, put, remove, type Write } from './write.ts';

export const problem = defineProblems({
  claim_code_not_found: {
    status: 404,
    title: { fr: 'Code introuvable', en: 'Code not found' },
    detail: {
      fr: 'Ce code n’existe pas, a déjà servi ou a expiré. Demandez-en un autre au secrétariat.',
      en: 'There is no such code, or it was used, or it has expired. Ask the office for another one.',
    },
  },
  already_claimed: {
    status: 409,
    title: { fr: 'Fiche déjà liée à un compte', en: 'Record already bound to an account' },
  },
});

/** How long a code may be used, in seconds. */
const KEPT_SECONDS = 30 * 24 * 3600;

/** The most codes that an account may try in an hour, right ones included. */
const TRIES = { most: 10, seconds: 3600 };

/** Digits and letters of which none looks like another (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;

const Spelled = new RegExp(`^([1-9]\\d{0,15})([${ALPHABET}]{${LENGTH}})$`);

/** A code as a person types it: without regard to case, spaces and dashes, nor to what looks alike. */
export const ClaimCode = z
  .string()
  .min(1)
  .max(64)
  .meta({ examples: ['17-K7QM-3XW9-PD2T'] });

const normalized = (code: string): string =>
  code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');

const keyOf = (id: number): Key => ({ pk: key`CLAIM_CODE#${id}`, sk: key`CLAIM_CODE` });

// Signed and not hashed: whoever reads the table, or a copy of it, cannot try codes against it.
const spelled = (code: string): Signed => [`claim-code:${code}`];

const randomPart = (): string => [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');

/** A code as it is handed out, which is nowhere kept; with what is kept of it. */
export interface IssuedCode {
  readonly code: string;
  readonly expires_at: string;
  readonly writes: readonly Write[];
}

/** A new code for the record of this id, in place of the one that it may have had. */
export async function issueCode(id: number): Promise<IssuedCode> {
  const random = randomPart();
  const ttl = epochSeconds() + KEPT_SECONDS;
  const digest = (await sign(spelled(`${id}${random}`))).toString('base64url');
  return {
    code: [id, ...(random.match(/.{4}/g) ?? [])].join('-'),
    expires_at: new Date(ttl * 1000).toISOString(),
    writes: [put({ ...keyOf(id), digest, ttl })],
  };
}

/**
 * Counts that an account tries a code, before it does.
 * @throws too_many_requests, so that nobody goes through them
 */
export const countClaim = (table: Table, username: string): Promise<void> =>
  countTry(table, keyPart(`CLAIM#${username}`), TRIES);

/** The record that a code was handed out for, and the writes that use the code up. */
export interface FoundCode {
  readonly id: number;
  readonly writes: readonly Write[];
}

/** What a live code stands for. One read. @throws claim_code_not_found alike for a wrong, a used and an expired one */
export async function findCode(table: Table, typed: string): Promise<FoundCode> {
  const code = normalized(typed);
  const id = Number(Spelled.exec(code)?.[1]);
  const kept = Number.isSafeInteger(id) ? await table.get<{ digest: string }>(keyOf(id)) : undefined;
  if (!kept || !(await isSigned(Buffer.from(kept.digest, 'base64url'), spelled(code))))
    throw problem.claim_code_not_found();
  const asRead = {
    when: '#digest = :digest',
    names: { '#digest': 'digest' },
    values: { ':digest': kept.digest },
    otherwise: lostUpdate,
  };
  return { id, writes: [remove(keyOf(id), asRead)] };
}

/** A record as it can be claimed: nobody has it yet. @throws claim_code_not_found */
export function claimable<T extends { readonly username?: string | undefined }>(record: T | undefined): T {
  if (!record || record.username !== undefined) throw problem.claim_code_not_found();
  return record;
}

/** @throws already_claimed where somebody has the record */
export function mustBeUnclaimed({ username }: { readonly username?: string | undefined }): void {
  if (username !== undefined) throw problem.already_claimed();
}

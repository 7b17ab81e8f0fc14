import * as z from 'zod';
import { epochSeconds } from '../../platform/base/clock.ts';
import { type KeyPart, keyPart } from '../../platform/base/key-part.ts';
import { key } from '../../platform/data/key.ts';
import type { Key } from '../../platform/data/table.ts';
import { put, update, type Write } from '../../platform/data/write.ts';
import { CodeChallenge, LoopbackAddress } from '../../platform/schema/loopback.ts';
import { problem } from './problems.ts';
import { digest, randomPart } from './refresh-token.ts';
import type { Session } from './session.ts';
import { table } from './table.ts';

/** How long a code may wait for its program, in seconds: both are on one machine. */
export const CODE_SECONDS = 60;

/** `POST /auth/codes`. */
export const CodeRequest = z.strictObject({
  /** Of the session in which somebody says yes: an access token alone must not make a longer session of itself. */
  refresh_token: z.string().min(1).max(2048),
  code_challenge: CodeChallenge,
  redirect_uri: LoopbackAddress,
});
export type CodeRequest = z.output<typeof CodeRequest>;

/** `POST /auth/token` (RFC 6749, 4.1.3; RFC 7636, 4.5), as JSON like everything here. */
export const CodeExchange = z.strictObject({
  grant_type: z.literal('authorization_code'),
  code: z.string().min(1).max(200),
  code_verifier: z.string().regex(/^[\w.~-]{43,128}$/),
  redirect_uri: LoopbackAddress,
});
export type CodeExchange = z.output<typeof CodeExchange>;

/** A code that was given, as it is stored: under its digest, so that the table gives nobody one. */
export interface SignInCode {
  readonly id: KeyPart;
  readonly username: KeyPart;
  /** The session in which it was given. */
  readonly session_id: KeyPart;
  readonly challenge: string;
  readonly redirect_uri: string;
  /** The session that it opened, once it was used. */
  readonly opened?: KeyPart;
  readonly ttl: number;
}

const codeKey = (id: KeyPart): Key => ({ pk: key`CODE#${id}`, sk: key`CODE` });

/** A new code for the program that keeps the secret of this challenge. @returns the only copy of it, and what stores it */
export function draftCode(
  { username, id: session_id }: Pick<Session, 'username' | 'id'>,
  { code_challenge: challenge, redirect_uri }: CodeRequest,
): { readonly code: string; readonly writes: Write[] } {
  const code = randomPart() + randomPart();
  const id = keyPart(digest(code));
  const stored: SignInCode = { id, username, session_id, challenge, redirect_uri, ttl: epochSeconds() + CODE_SECONDS };
  return { code, writes: [put({ ...codeKey(id), ...stored })] };
}

/**
 * A code that is presented together with the secret for which it was given, used or not.
 * @throws invalid_code when it is over, was given to another program, or is none
 */
export async function present({ code, code_verifier, redirect_uri }: CodeExchange): Promise<SignInCode> {
  const found = await table.get<SignInCode>(codeKey(keyPart(digest(code))));
  if (!found || found.challenge !== digest(code_verifier) || found.redirect_uri !== redirect_uri)
    throw problem.invalid_code();
  return found;
}

/** Uses a code up for a session: of several calls at once, one does. @throws invalid_code */
export const useUp = ({ id }: SignInCode, opened: KeyPart): Write[] => [
  update(
    codeKey(id),
    { set: { opened } },
    { when: 'attribute_exists(pk) AND attribute_not_exists(opened)', otherwise: () => problem.invalid_code() },
  ),
];

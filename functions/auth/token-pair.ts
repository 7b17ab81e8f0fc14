import * as z from 'zod';
import { ROLES } from '../../platform/http/access.ts';
import type { Account } from './account.ts';
import { ACCESS_SECONDS } from './lifetimes.ts';
import type { OpenedSession } from './session.ts';
import { signAccessToken } from './tokens.ts';

/** A pair of tokens (RFC 6749, 5.1) and whom they stand for. */
export const TokenPair = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  /** Seconds. */
  expires_in: z.int(),
  refresh_token: z.string(),
  username: z.string(),
  role: z.enum(ROLES),
});

/** The pair for a session that was just opened or refreshed. */
export const tokenPair = async (
  { username, role }: Account,
  { session, refreshToken }: OpenedSession,
): Promise<z.input<typeof TokenPair>> => ({
  access_token: await signAccessToken({ username, sessionId: session.id, generation: session.generation }),
  token_type: 'Bearer',
  expires_in: ACCESS_SECONDS,
  refresh_token: refreshToken,
  username,
  role,
});

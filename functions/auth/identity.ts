import type { Role } from '../../platform/http/access.ts';
import { problem } from './problems.ts';
import { findSession } from './session-store.ts';
import { verifyAccessToken } from './tokens.ts';

/** Whom a valid token of an open session stands for. */
export interface Identity {
  readonly username: string;
  readonly role: Role;
  readonly sessionId: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

/** Whom a token stands for: it must verify, and its session must still be open. @throws invalid_token */
export async function identify(token: string): Promise<Identity> {
  const { username, sessionId, expiresAt } = await verifyAccessToken(token);
  const session = await findSession(username, sessionId);
  if (!session) throw problem.invalid_token();
  return { username, role: session.role, sessionId, expiresAt };
}

import type { Role } from '../../platform/http/access.ts';
import { currentRole } from './standing.ts';
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
  const { expiresAt, ...claimed } = await verifyAccessToken(token);
  const role = await currentRole(claimed);
  return { username: claimed.username, role, sessionId: claimed.sessionId, expiresAt };
}

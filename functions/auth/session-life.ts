import type { Account } from './account.ts';
import { audit } from './audit.ts';
import { problem } from './problems.ts';
import { digest, readToken } from './refresh-token.ts';
import { type Device, endSession, findSession, type OpenedSession, openSession, rotateToken } from './session-store.ts';

/**
 * How much later than an exchange (milliseconds) a call with the same token may reach the API and still count as made
 * at the same time: the answer to the first was on its way, and the client could not know. Two tabs that wake up together
 * are rarely further apart.
 */
export const GRACE_MS = 2000;

/** Opens a session for somebody who has just shown who they are. */
export async function startSession(account: Account, device: Device): Promise<OpenedSession> {
  const opened = await openSession(account, device);
  const { username, role } = account;
  audit('session.opened', {
    actor: username,
    subject: username,
    role,
    session_id: opened.session.id,
    source_ip: device.sourceIp,
  });
  return opened;
}

/** Ends a session, because of `actor`. */
export async function closeSession(account: Account, id: string, actor: string): Promise<void> {
  await endSession(account, id);
  audit('session.ended', { actor, subject: account.username, session_id: id });
}

/**
 * Exchanges a refresh token for a new one. A token can be exchanged once; one that comes again has been copied, so the
 * session ends for whoever holds any token of it. The only grace is for two calls at once: the one that comes too late,
 * within {@link GRACE_MS}, is told so and nothing ends, though it gets no tokens either.
 * @param receivedAt when the call reached the API, in milliseconds since the epoch
 * @throws invalid_refresh_token, refresh_in_progress
 */
export async function refreshSession(
  refreshToken: string,
  receivedAt: number,
): Promise<{ account: Account; opened: OpenedSession }> {
  const token = readToken(refreshToken);
  const found = token && (await findSession(token.username, token.sessionId));
  if (!found || digest(token.family) !== found.session.family_hash) throw problem.invalid_refresh_token();
  const { session, account } = found;
  const presented = digest(token.secret);
  if (presented === session.refresh_hash) return { account, opened: await rotateToken(session, token) };
  if (presented === session.previous_hash && receivedAt <= (session.rotated_at ?? 0) + GRACE_MS)
    throw problem.refresh_in_progress();
  await endSession(account, session.id);
  const { username } = account;
  audit('session.refresh_token_reused', {
    actor: 'anonymous',
    subject: username,
    session_id: session.id,
    outcome: 'failure',
  });
  throw problem.invalid_refresh_token();
}

import * as z from 'zod';
import { commit } from '../../platform/events/commit.ts';
import { anyone } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { audit } from './audit.ts';
import { problem } from './problems.ts';
import { digest, type RefreshToken, readToken } from './refresh-token.ts';
import { rotated } from './session.ts';
import * as sessions from './session-store.ts';
import { table } from './table.ts';
import { TokenPair, tokenPair } from './token-pair.ts';

/**
 * How much later than an exchange (milliseconds) a call with the same token may reach the API and still count as made
 * at the same time: the answer to the first was on its way, and the client could not know. Two tabs that wake up together
 * are rarely further apart.
 */
export const GRACE_MS = 2000;

/** A session and the token of it that was presented: the live one, or one that was given out before. */
export interface Presented extends sessions.OwnedSession {
  readonly token: RefreshToken;
}

/** The session of a token that it once gave out. @throws invalid_refresh_token */
export async function sessionOf(refreshToken: string): Promise<Presented> {
  const token = readToken(refreshToken);
  const found = token && (await sessions.find(token.username, token.sessionId));
  if (!found || digest(token.family) !== found.session.family_hash) throw problem.invalid_refresh_token();
  return { ...found, token };
}

/** Ends a session of which a token was copied, for whoever holds any token of it; that stands though the call is refused. */
async function endCopied({ session, account }: Presented): Promise<never> {
  await commit(table, () => ({ writes: sessions.end(account, session.id) }));
  const event = { actor: 'anonymous', subject: account.username, session_id: session.id } as const;
  audit('session.refresh_token_reused', { ...event, outcome: 'failure' });
  throw problem.invalid_refresh_token();
}

/**
 * A token can be exchanged once; one that comes again has been copied. The only grace is for two calls at once: the one
 * that comes too late, within {@link GRACE_MS}, is told so and nothing ends, though it gets no tokens either.
 * @param receivedAt when the call reached the API, in milliseconds since the epoch
 * @throws invalid_refresh_token, refresh_in_progress
 */
export async function mustBeLive(presented: Presented, receivedAt: number): Promise<void> {
  const { session, token } = presented;
  const hash = digest(token.secret);
  if (hash === session.refresh_hash) return;
  if (hash === session.previous_hash && receivedAt <= (session.rotated_at ?? 0) + GRACE_MS)
    throw problem.refresh_in_progress();
  await endCopied(presented);
}

export const refreshSession = operation({
  route: 'POST /auth/refresh',
  summary: 'Exchange a refresh token for a new pair of tokens',
  description:
    'A refresh token is good for one exchange; used again, it ends the session. Of two calls at once with the same ' +
    'token one gets the pair, the other 409, and the session goes on.',
  access: anyone,
  body: z.strictObject({ refresh_token: z.string().min(1).max(2048) }),
  answers: { 200: TokenPair },
  problems: [problem.invalid_refresh_token, problem.refresh_in_progress],
  changes: table,
  handle: ({ body, receivedAt, commit }) =>
    commit(
      () => sessionOf(body.refresh_token),
      async (presented) => {
        await mustBeLive(presented, receivedAt);
        const { session, account, token } = presented;
        const opened = rotated(session, token);
        return { writes: sessions.rotate(session, opened.session), answer: ok(await tokenPair(account, opened)) };
      },
    ),
});

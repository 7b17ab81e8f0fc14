import * as z from 'zod';
import { type Caller, signedIn } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { audit } from './audit.ts';
import { problem } from './problems.ts';
import { mustBeLive, type Presented, sessionOf } from './refresh-session.ts';
import { CODE_SECONDS, CodeRequest, draftCode } from './sign-in-code.ts';
import { table } from './table.ts';

/** The caller's own session, by its refresh token. @throws invalid_refresh_token */
async function ownSession(refreshToken: string, { username, sessionId }: Caller): Promise<Presented> {
  const presented = await sessionOf(refreshToken);
  const { session } = presented;
  if (session.username !== username || session.id !== sessionId) throw problem.invalid_refresh_token();
  return presented;
}

export const giveCode = operation({
  route: 'POST /auth/codes',
  summary: 'Give a code with which a program on this machine signs in',
  description:
    'What the portal calls once its visitor has agreed (OAuth 2.0 for native apps, RFC 8252). The code is good for a minute and for one exchange (`POST /auth/token`), by who keeps the secret of `code_challenge` (RFC 7636, S256), and is sent to an address of the visitor’s own machine alone. The refresh token of the session that asks shows that it is more than a copied access token; it stays good.',
  access: signedIn,
  body: CodeRequest,
  answers: { 200: z.object({ code: z.string(), expires_in: z.int() }) },
  problems: [problem.invalid_refresh_token, problem.refresh_in_progress],
  changes: table,
  async handle({ body, caller, receivedAt, commit }) {
    const answer = await commit(
      () => ownSession(body.refresh_token, caller),
      async (presented) => {
        await mustBeLive(presented, receivedAt);
        const { code, writes } = draftCode(presented.session, body);
        return { writes, answer: ok({ code, expires_in: CODE_SECONDS }) };
      },
    );
    const { username, sessionId: session_id } = caller;
    audit('session.code_given', { actor: username, subject: username, session_id });
    return answer;
  },
});

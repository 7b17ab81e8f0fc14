import * as z from 'zod';
import { anyone } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem } from './problems.ts';
import { refreshSession as refresh } from './session-life.ts';
import { TokenPair, tokenPair } from './token-pair.ts';

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
  async handle({ body, receivedAt }) {
    const { account, opened } = await refresh(body.refresh_token, receivedAt);
    return ok(await tokenPair(account, opened));
  },
});

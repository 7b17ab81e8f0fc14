import * as z from 'zod';
import { anyone, ROLES } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { Credentials } from './account.ts';
import { authenticate } from './credentials.ts';
import { problem } from './problems.ts';
import { openSession } from './session-store.ts';
import { ACCESS_SECONDS, signAccessToken } from './tokens.ts';

/** A pair of tokens (RFC 6749, 5.1) and whom they stand for. */
export const Tokens = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int(),
  refresh_token: z.string(),
  username: z.string(),
  role: z.enum(ROLES),
});

export const logIn = operation({
  route: 'POST /auth/login',
  aliases: ['POST /api/login'],
  summary: 'Sign in',
  access: anyone,
  body: Credentials,
  answers: { 200: Tokens },
  problems: [problem.invalid_credentials],
  async handle({ body }) {
    const account = await authenticate(body);
    if (!account) throw problem.invalid_credentials();
    const { session, refreshToken } = await openSession(account);
    return ok({
      access_token: await signAccessToken(session),
      token_type: 'Bearer' as const,
      expires_in: ACCESS_SECONDS,
      refresh_token: refreshToken,
      username: account.username,
      role: account.role,
    });
  },
});

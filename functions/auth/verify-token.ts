import * as z from 'zod';
import { anyone, ROLES } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { take, tokensFrom } from './guesses.ts';
import { type Identity, identify } from './identity.ts';
import { problem } from './problems.ts';
import { isForged } from './tokens.ts';

/**
 * The identity, with forgeries counted against their source. Only they have to wait: whoever shares an address with
 * somebody who forges must still get their own token verified.
 * @throws invalid_token, too_many_attempts
 */
const identifyFrom = (sourceIp: string, token: string): Promise<Identity> =>
  identify(token).catch(async (refusal: unknown) => {
    if (!isForged(refusal)) throw refusal;
    await take(tokensFrom(sourceIp));
    throw refusal;
  });

export const verifyToken = operation({
  route: 'POST /auth/verify',
  summary: 'Check an access token',
  access: anyone,
  body: z.strictObject({ token: z.string().min(1).max(4096) }),
  answers: {
    200: z.object({
      username: z.string(),
      valid: z.literal(true),
      role: z.enum(ROLES),
      expires_at: z.iso.datetime(),
    }),
  },
  problems: [problem.invalid_token, problem.too_many_attempts],
  async handle({ body, sourceIp }) {
    const { username, role, expiresAt } = await identifyFrom(sourceIp, body.token);
    return ok({ username, valid: true as const, role, expires_at: new Date(expiresAt * 1000).toISOString() });
  },
});

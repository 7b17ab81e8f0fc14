import * as z from 'zod';
import { anyone, ROLES } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { identify } from './identity.ts';
import { problem } from './problems.ts';

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
  problems: [problem.invalid_token],
  async handle({ body }) {
    const { username, role, expiresAt } = await identify(body.token);
    return ok({ username, valid: true as const, role, expires_at: new Date(expiresAt * 1000).toISOString() });
  },
});

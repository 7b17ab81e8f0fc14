import * as z from 'zod';
import { anyone } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { audit } from './audit.ts';
import { authenticate } from './authenticate.ts';
import { Credentials } from './credentials.ts';
import { problem } from './problems.ts';

export const verifyCredentials = operation({
  route: 'POST /users/verify',
  summary: 'Check a username and password',
  description: 'Opens no session. Wrong passwords count just as they do when signing in.',
  access: anyone,
  body: Credentials,
  answers: { 200: z.object({ valid: z.boolean() }) },
  problems: [problem.too_many_attempts],
  async handle({ body, sourceIp }) {
    const account = await authenticate(body, { sourceIp, purpose: 'password.confirmed' });
    if (account) audit('password.confirmed', { actor: 'anonymous', subject: account.username, source_ip: sourceIp });
    return ok({ valid: account !== undefined });
  },
});

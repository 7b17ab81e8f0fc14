import * as z from 'zod';
import { anyone } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { Credentials } from './account.ts';
import { authenticate } from './credentials.ts';

export const verifyCredentials = operation({
  route: 'POST /users/verify',
  summary: 'Check a username and password',
  access: anyone,
  body: Credentials,
  answers: { 200: z.object({ valid: z.boolean() }) },
  async handle({ body }) {
    return ok({ valid: (await authenticate(body)) !== undefined });
  },
});

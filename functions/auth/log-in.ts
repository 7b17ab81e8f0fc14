import { anyone } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { authenticate } from './credentials.ts';
import { deviceOf } from './device.ts';
import { problem } from './problems.ts';
import { startSession } from './session-life.ts';
import { Credentials } from './sign-in.ts';
import { TokenPair, tokenPair } from './token-pair.ts';

export const logIn = operation({
  route: 'POST /auth/login',
  aliases: ['POST /api/login'],
  summary: 'Sign in',
  access: anyone,
  body: Credentials,
  answers: { 200: TokenPair },
  problems: [problem.invalid_credentials, problem.too_many_attempts],
  async handle({ body, sourceIp, headers }) {
    const account = await authenticate(body, { sourceIp, purpose: 'session.opened' });
    if (!account) throw problem.invalid_credentials();
    return ok(await tokenPair(account, await startSession(account, deviceOf(sourceIp, headers))));
  },
});

import { anyone } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { audit } from './audit.ts';
import { authenticate } from './authenticate.ts';
import { Credentials } from './credentials.ts';
import { problem } from './problems.ts';
import { deviceOf, draftSession } from './session.ts';
import * as sessions from './session-store.ts';
import { table } from './table.ts';
import { TokenPair, tokenPair } from './token-pair.ts';

export const logIn = operation({
  route: 'POST /auth/login',
  aliases: ['POST /api/login'],
  summary: 'Sign in',
  access: anyone,
  body: Credentials,
  answers: { 200: TokenPair },
  problems: [problem.invalid_credentials, problem.too_many_attempts],
  changes: table,
  async handle({ body, sourceIp, headers, commit }) {
    const account = await authenticate(body, { sourceIp, purpose: 'session.opened' });
    if (!account) throw problem.invalid_credentials();
    const opened = draftSession(account, deviceOf(sourceIp, headers));
    const answer = await commit(async () => ({
      writes: sessions.insert(opened.session),
      answer: ok(await tokenPair(account, opened)),
    }));
    const { username, role } = account;
    const session_id = opened.session.id;
    audit('session.opened', { actor: username, subject: username, role, session_id, source_ip: sourceIp });
    return answer;
  },
});

import { commit as commitAtOnce } from '../../platform/events/commit.ts';
import { anyone } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { audit } from './audit.ts';
import { problem } from './problems.ts';
import { type Device, deviceOf, draftSession } from './session.ts';
import * as sessions from './session-store.ts';
import { CodeExchange, present, type SignInCode, useUp } from './sign-in-code.ts';
import { table } from './table.ts';
import { TokenPair, tokenPair } from './token-pair.ts';

/**
 * Ends the session that a code has opened already: whoever comes second, with the secret too, has copied both, or was
 * copied (RFC 6749, 4.1.2). That stands though the call is refused.
 */
async function endCopied({ username, opened }: SignInCode): Promise<never> {
  const copied = opened && (await sessions.find(username, opened));
  if (copied) {
    await commitAtOnce(table, () => ({ writes: sessions.end(copied.account, copied.session.id) }));
    const event = { actor: 'anonymous', subject: username, session_id: copied.session.id } as const;
    audit('session.code_reused', { ...event, outcome: 'failure' });
  }
  throw problem.invalid_code();
}

/**
 * A code that may be used, with a session of the account in whose session it was given, which must still be open.
 * @throws invalid_code
 */
async function redeemed(exchange: CodeExchange, device: Device) {
  const code = await present(exchange);
  if (code.opened) return endCopied(code);
  const given = await sessions.find(code.username, code.session_id);
  if (!given) throw problem.invalid_code();
  const { account, session } = given;
  return { code, account, opened: draftSession(account, device, session.signed_in_at ?? session.created_at) };
}

export const exchangeCode = operation({
  route: 'POST /auth/token',
  summary: 'Exchange a code for a pair of tokens',
  description:
    'What a program does with the code that the browser brought it: once, within a minute, with the secret of the challenge for which it was given (`code_verifier`, RFC 7636) and the same `redirect_uri`. A code that comes again ends the session that it opened. The session is one of its own, and asks for the password when the one in which the code was given would have.',
  access: anyone,
  body: CodeExchange,
  answers: { 200: TokenPair },
  problems: [problem.invalid_code],
  changes: table,
  async handle({ body, sourceIp, headers, commit }) {
    const { code, account, opened } = await redeemed(body, deviceOf(sourceIp, headers));
    const { username, id: session_id } = opened.session;
    const answer = await commit(async () => ({
      writes: [...useUp(code, session_id), ...sessions.insert(opened.session)],
      answer: ok(await tokenPair(account, opened)),
    }));
    const { role } = account;
    audit('session.opened', { actor: username, subject: username, role, session_id, source_ip: sourceIp });
    return answer;
  },
});

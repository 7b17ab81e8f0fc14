import * as z from 'zod';
import { signedIn } from '../../platform/http/access.ts';
import { noContent } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { Uuid } from '../../platform/schema/identifiers.ts';
import * as accounts from './account-store.ts';
import { audit } from './audit.ts';
import { problem } from './problems.ts';
import * as sessions from './session-store.ts';
import { table } from './table.ts';

export const endSession = operation({
  route: 'DELETE /auth/sessions/{id}',
  summary: 'End one of your own sessions',
  access: signedIn,
  path: z.object({ id: Uuid }),
  answers: { 204: null },
  problems: [problem.session_not_found],
  changes: table,
  async handle({ path: { id }, caller: { username }, commit }) {
    const answer = await commit(
      // Sessions are looked up under the caller's own name: somebody else's is not there.
      () => sessions.require(username, id),
      ({ account }) => ({ writes: sessions.end(account, id), answer: noContent() }),
    );
    audit('session.ended', { actor: username, subject: username, session_id: id });
    return answer;
  },
});

export const logOut = operation({
  route: 'POST /auth/logout',
  summary: 'Sign out',
  description: 'The access token that asks, and the refresh token of its session, stop working at once.',
  access: signedIn,
  answers: { 204: null },
  changes: table,
  async handle({ caller: { username, sessionId }, commit }) {
    const answer = await commit(async () => {
      const account = await accounts.find(username);
      // With the account itself every session of it is gone.
      return { writes: account ? sessions.end(account, sessionId) : [], answer: noContent() };
    });
    audit('session.ended', { actor: username, subject: username, session_id: sessionId });
    return answer;
  },
});

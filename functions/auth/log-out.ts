import { signedIn } from '../../platform/http/access.ts';
import { noContent } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { findAccount } from './account-store.ts';
import { closeSession } from './session-life.ts';

export const logOut = operation({
  route: 'POST /auth/logout',
  summary: 'Sign out',
  description: 'The access token that asks, and the refresh token of its session, stop working at once.',
  access: signedIn,
  answers: { 204: null },
  async handle({ caller }) {
    const account = await findAccount(caller.username);
    if (account) await closeSession(account, caller.sessionId, caller.username);
    return noContent();
  },
});

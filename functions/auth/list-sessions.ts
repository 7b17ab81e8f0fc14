import * as z from 'zod';
import { signedIn } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import * as accounts from './account-store.ts';
import { problem } from './problems.ts';
import { SessionView } from './session.ts';
import * as sessions from './session-store.ts';

export const listSessions = operation({
  route: 'GET /auth/sessions',
  summary: 'List your own open sessions, newest first',
  access: signedIn,
  answers: { 200: z.array(SessionView) },
  problems: [problem.user_not_found],
  paged: true,
  async handle({ caller, paging }) {
    const account = await accounts.find(caller.username);
    if (!account) throw problem.user_not_found();
    const { items, next } = await sessions.list(account, paging);
    const views = items.map((session) => ({
      ...session,
      expires_at: new Date(session.ttl * 1000).toISOString(),
      current: session.id === caller.sessionId,
    }));
    return ok(views, { next });
  },
});

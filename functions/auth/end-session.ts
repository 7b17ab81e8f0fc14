import * as z from 'zod';
import { signedIn } from '../../platform/http/access.ts';
import { noContent } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { Uuid } from '../../platform/ids.ts';
import { problem } from './problems.ts';
import { closeSession } from './session-life.ts';
import { findSession } from './session-store.ts';

export const endSession = operation({
  route: 'DELETE /auth/sessions/{id}',
  summary: 'End one of your own sessions',
  access: signedIn,
  path: z.object({ id: Uuid }),
  answers: { 204: null },
  problems: [problem.session_not_found],
  async handle({ path, caller }) {
    // Sessions are looked up under the caller's own name: somebody else's is not there.
    const found = await findSession(caller.username, path.id);
    if (!found) throw problem.session_not_found();
    await closeSession(found.account, path.id, caller.username);
    return noContent();
  },
});

import { problem as common } from '../../platform/base/problems.ts';
import { allow, reachable } from '../../platform/http/access.ts';
import { noContent } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { AccountPath, Leave } from './account.ts';
import { mustBeDeletable, standing } from './account-changes.ts';
import * as accounts from './account-store.ts';
import { audit } from './audit.ts';
import { confirmPassword } from './confirm-password.ts';
import { problem } from './problems.ts';
import { table } from './table.ts';

export const deleteAccount = operation({
  route: 'DELETE /users/{username}',
  summary: 'Delete an account',
  description:
    'Its sessions end at once. Its username is never given out again. To delete your own account send its `password`.',
  access: allow('admin', 'owner'),
  path: AccountPath,
  body: Leave,
  answers: { 204: null },
  problems: [
    problem.user_not_found,
    common.forbidden,
    common.stale_version,
    problem.own_admin_rights,
    problem.too_many_attempts,
  ],
  changes: table,
  versioned: true,
  async handle({ path: { username }, body, caller, sourceIp, commit }) {
    if (username === caller.username)
      await confirmPassword({ username, password: body?.password, pointer: '#/password', sourceIp });
    const answer = await commit(
      async () => reachable(await accounts.find(username), caller, problem.user_not_found),
      (account) => {
        mustBeDeletable(account, caller);
        return { writes: [...accounts.erase(account), ...standing(account, caller)], answer: noContent() };
      },
    );
    audit('account.deleted', { actor: caller.username, subject: username });
    return answer;
  },
});

import * as z from 'zod';
import { allow } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem as common } from '../../platform/http/problems.ts';
import { Username } from '../../platform/text.ts';
import { AccountChange, Profile } from './account.ts';
import { changeAccount } from './account-changes.ts';
import { confirmPassword } from './confirm-password.ts';
import { problem } from './problems.ts';

export const changeProfile = operation({
  route: 'PUT /users/{username}',
  summary: 'Change an account',
  description:
    'What is absent stays as it is, `null` erases. To change your own password also send `old_password`. ' +
    '`role`, `disabled` and `unlock` (forget the wrong passwords that block signing in) are for admins, who may also ' +
    'set somebody else’s password. A new password, role or `disabled` ends every session of the account, this one too.',
  access: allow('admin', 'owner'),
  path: z.object({ username: Username }),
  body: AccountChange,
  answers: { 200: Profile },
  problems: [
    problem.user_not_found,
    common.forbidden,
    common.stale_version,
    problem.own_admin_rights,
    problem.too_many_attempts,
  ],
  versioned: true,
  async handle({ path, body, caller, ifMatch, sourceIp }) {
    if (path.username === caller.username) await confirmPassword(caller.username, body, sourceIp);
    const account = await changeAccount(path.username, body, { caller, ifMatch });
    return ok(account, { etag: account.version });
  },
});

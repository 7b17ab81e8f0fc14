import * as z from 'zod';
import { allow } from '../../platform/http/access.ts';
import { noContent } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem as common } from '../../platform/http/problems.ts';
import { Username } from '../../platform/text.ts';
import { deleteAccount as erase } from './account-changes.ts';
import { problem } from './problems.ts';

export const deleteAccount = operation({
  route: 'DELETE /users/{username}',
  summary: 'Delete an account',
  description: 'Its sessions end at once. Its username is never given out again.',
  access: allow('admin', 'owner'),
  path: z.object({ username: Username }),
  answers: { 204: null },
  problems: [problem.user_not_found, common.stale_version, problem.own_admin_rights],
  versioned: true,
  async handle({ path, caller, ifMatch }) {
    await erase(path.username, { caller, ifMatch });
    return noContent();
  },
});

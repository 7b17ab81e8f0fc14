import * as z from 'zod';
import { allow, reachable } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { Username } from '../../platform/text.ts';
import { Profile } from './account.ts';
import { findAccount } from './account-store.ts';
import { problem } from './problems.ts';

export const readProfile = operation({
  route: 'GET /users/{username}',
  summary: 'Read a profile',
  description: 'Contact data is for the owner and admins.',
  access: allow('admin', 'teacher', 'owner'),
  path: z.object({ username: Username }),
  answers: { 200: Profile },
  problems: [problem.user_not_found],
  versioned: true,
  async handle({ path, caller }) {
    const account = reachable(await findAccount(path.username), caller, problem.user_not_found);
    const { email, phone, ...minimal } = account;
    const intimate = caller.role === 'admin' || caller.username === account.username;
    return ok(intimate ? account : minimal, { etag: account.version });
  },
});

import * as z from 'zod';
import { allow, reachable } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { fold } from '../../platform/schema/fold.ts';
import { AccountPath, Profile } from './account.ts';
import * as accounts from './account-store.ts';
import { problem } from './problems.ts';

export const readProfile = operation({
  route: 'GET /users/{username}',
  summary: 'Read a profile',
  description: 'Contact data is for the owner and admins.',
  access: allow('admin', 'teacher', 'owner'),
  path: AccountPath,
  answers: { 200: Profile },
  problems: [problem.user_not_found],
  versioned: true,
  async handle({ path, caller }) {
    const account = reachable(await accounts.find(path.username), caller, problem.user_not_found);
    const { email, phone, ...minimal } = account;
    const intimate = caller.role === 'admin' || caller.username === account.username;
    return ok(intimate ? account : minimal, { etag: account.version });
  },
});

export const listAccounts = operation({
  route: 'GET /users',
  summary: 'List accounts by username',
  description: '`q` is what the username begins with, accents and case ignored.',
  access: allow('admin'),
  query: z.object({ q: z.string().max(256).transform(fold).optional() }),
  answers: { 200: z.array(Profile) },
  paged: true,
  async handle({ query, paging }) {
    const { items, next } = await accounts.list(query.q ?? '', paging);
    return ok(items, { next });
  },
});

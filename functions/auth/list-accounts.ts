import * as z from 'zod';
import { allow } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { fold } from '../../platform/text.ts';
import { Profile } from './account.ts';
import { listAccounts as list } from './account-store.ts';

export const listAccounts = operation({
  route: 'GET /users',
  summary: 'List accounts by username',
  description: '`q` is what the username begins with, accents and case ignored.',
  access: allow('admin'),
  query: z.object({ q: z.string().max(256).transform(fold).optional() }),
  answers: { 200: z.array(Profile) },
  paged: true,
  async handle({ query, paging }) {
    const { items, next } = await list(query.q ?? '', paging);
    return ok(items, { next });
  },
});

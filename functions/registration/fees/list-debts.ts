import * as z from 'zod';
import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { schoolDay } from '../school/school-store.ts';
import * as debts from './debts.ts';
import { Debt, DebtQuery } from './debts.ts';

export const listDebts = operation({
  route: 'GET /fees/due',
  summary: 'List who owes what on a day',
  description:
    'Whoever has something due by the day `on`, today unless it is said, that what they paid until now does not cover. Of a class by name; else the longest due first. A page may be short with more to follow: only a missing `Link` ends the list. The list may be a moment behind the ledgers.',
  access: allow('admin'),
  query: DebtQuery,
  paged: true,
  answers: { 200: z.array(Debt) },
  async handle({ query, paging }) {
    const { items, next } = await debts.list(query.class_name, query.on ?? (await schoolDay()), paging);
    return ok(items, { next });
  },
});

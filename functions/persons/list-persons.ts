import * as z from 'zod';
import { allow } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { PersonView } from './person.ts';
import { listPersons as list } from './person-store.ts';

export const listPersons = operation({
  route: 'GET /persons',
  summary: 'List persons by name',
  description: '`q` is the beginning of a name; accents and case do not count.',
  access: allow('admin', 'teacher'),
  query: z.object({ q: z.string().max(200).default('') }),
  answers: { 200: z.array(PersonView) },
  paged: true,
  async handle({ query, paging }) {
    const { items, next } = await list(query.q, paging);
    return ok(items, { next });
  },
});

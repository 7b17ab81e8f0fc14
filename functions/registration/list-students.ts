import * as z from 'zod';
import { allow } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { Filters, StudentView } from './student.ts';
import { listStudents as list } from './student-list.ts';

export const listStudents = operation({
  route: 'GET /students',
  summary: 'List students',
  description:
    'First and last names by prefix, accents and case ignored; class, phone and `paid` exactly. By id, or by name where a name or a class is asked for. A page may be short with more to follow: only a missing `Link` ends the list.',
  access: allow('admin', 'teacher'),
  query: Filters,
  paged: true,
  answers: { 200: z.array(StudentView) },
  async handle({ query, paging }) {
    const { items, next } = await list(query, paging);
    return ok(items, { next });
  },
});

import * as z from 'zod';
import { allow } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem as common } from '../../platform/http/problems.ts';
import { Access, listAccesses as list } from './access-log.ts';
import { requirePerson } from './person.ts';
import { problem } from './problems.ts';
import { HealthPath } from './vitals.ts';

export const listAccesses = operation({
  route: 'GET /health/{person_id}/access-log',
  summary: 'List who read or changed the health data, newest first',
  description: 'Traces are kept for a year.',
  access: allow('admin'),
  path: HealthPath,
  answers: { 200: z.array(Access) },
  problems: [problem.person_not_found, common.peer_unavailable],
  paged: true,
  async handle(request) {
    await requirePerson(request);
    const { items, next } = await list(request.path.person_id, request.paging);
    return ok(items, { next });
  },
});

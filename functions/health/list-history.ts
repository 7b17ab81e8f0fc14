import * as z from 'zod';
import { allow } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem as common } from '../../platform/http/problems.ts';
import { trace, traced } from './access-log.ts';
import { HistoryEntry, listHistory as list } from './history-store.ts';
import { requirePerson } from './person.ts';
import { problem } from './problems.ts';
import { HealthPath } from './vitals.ts';

export const listHistory = operation({
  route: 'GET /health/{person_id}/history',
  summary: 'List the measurements, newest first',
  access: allow('admin', 'owner'),
  path: HealthPath,
  answers: { 200: z.array(HistoryEntry) },
  problems: [problem.person_not_found, common.peer_unavailable],
  paged: true,
  async handle(request) {
    await requirePerson(request);
    const { person_id } = request.path;
    const access = trace(person_id, request.caller, 'read_history');
    const { items, next } = await traced(access, list(person_id, request.paging));
    return ok(items, { next });
  },
});

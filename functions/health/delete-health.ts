import { allow } from '../../platform/http/access.ts';
import { noContent } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem as common } from '../../platform/http/problems.ts';
import { requirePerson } from './person.ts';
import { problem } from './problems.ts';
import { clearRecord } from './record-store.ts';
import { HealthPath } from './vitals.ts';

export const deleteHealth = operation({
  route: 'DELETE /health/{person_id}',
  summary: 'Delete the current values and the history',
  description: 'May be repeated, as after a failure half-way.',
  access: allow('admin', 'owner'),
  path: HealthPath,
  answers: { 204: null },
  problems: [problem.person_not_found, common.peer_unavailable],
  async handle(request) {
    await requirePerson(request);
    await clearRecord(request.path.person_id, request.caller);
    return noContent();
  },
});

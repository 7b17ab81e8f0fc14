import { allow } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem as common } from '../../platform/http/problems.ts';
import { requirePerson } from './person.ts';
import { problem } from './problems.ts';
import { HealthView, view } from './record.ts';
import { replaceReadings } from './record-store.ts';
import { HealthPath, Measurement } from './vitals.ts';

export const replaceHealth = operation({
  route: 'PUT /health/{person_id}',
  summary: 'Replace the current values',
  description: 'What is not given is no longer current. The history keeps what was.',
  access: allow('admin', 'owner'),
  path: HealthPath,
  body: Measurement,
  answers: { 200: HealthView },
  problems: [problem.person_not_found, common.peer_unavailable],
  async handle(request) {
    await requirePerson(request);
    const record = await replaceReadings(request.path.person_id, request.body, request.caller);
    return ok(view(record));
  },
});

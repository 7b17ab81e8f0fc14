import { allow } from '../../platform/http/access.ts';
import { created } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem as common } from '../../platform/http/problems.ts';
import { requirePerson } from './person.ts';
import { problem } from './problems.ts';
import { type HealthRecord, HealthView, view } from './record.ts';
import { addMeasurement as add } from './record-store.ts';
import { table } from './table.ts';
import { HealthPath, Measurement } from './vitals.ts';

export const addMeasurement = operation({
  route: 'POST /health/{person_id}',
  summary: 'Add a measurement',
  description: 'Answers the current values: of each sign, what was measured last.',
  access: allow('admin', 'owner'),
  path: HealthPath,
  body: Measurement,
  answers: { 201: HealthView },
  problems: [problem.person_not_found, common.peer_unavailable],
  idempotentIn: table,
  async handle(request) {
    await requirePerson(request);
    const { path, body, caller, idempotency } = request;
    const answer = (record: HealthRecord) => created(view(record), `/health/${path.person_id}`);
    const record = await add(path.person_id, body, caller, (made) => idempotency.record(answer(made)));
    return answer(record);
  },
});

import { problem as common } from '../../platform/base/problems.ts';
import { allow } from '../../platform/http/access.ts';
import { created, ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import * as accesses from './access-log.ts';
import * as history from './history-store.ts';
import { requirePerson } from './person.ts';
import { problem } from './problems.ts';
import { added, HealthView, replaced, view } from './record.ts';
import * as records from './record-store.ts';
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
  changes: table,
  idempotent: true,
  erasable: false,
  async handle({ path: { person_id }, body, caller, headers, commit }) {
    await requirePerson(person_id, caller, headers);
    return commit(
      () => records.findLiving(person_id),
      (before, { copies }) => {
        const record = added(person_id, before, body);
        return {
          writes: [
            ...records.replace(before, record),
            ...history.insert(person_id, body, { by: caller.username, version: record.version, copies }),
            ...accesses.trace(person_id, caller, 'add'),
          ],
          answer: created(view(record), `/health/${person_id}`),
        };
      },
    );
  },
});

export const replaceHealth = operation({
  route: 'PUT /health/{person_id}',
  summary: 'Replace the current values',
  description: 'What is not given is no longer current. The history keeps what was.',
  access: allow('admin', 'owner'),
  path: HealthPath,
  body: Measurement,
  answers: { 200: HealthView },
  problems: [problem.person_not_found, common.peer_unavailable],
  changes: table,
  async handle({ path: { person_id }, body, caller, headers, commit }) {
    await requirePerson(person_id, caller, headers);
    return commit(
      () => records.findLiving(person_id),
      (before) => {
        const record = replaced(person_id, before, body);
        return {
          writes: [
            ...records.replace(before, record),
            ...history.insert(person_id, body, { by: caller.username, version: record.version }),
            ...accesses.trace(person_id, caller, 'replace'),
          ],
          answer: ok(view(record)),
        };
      },
    );
  },
});

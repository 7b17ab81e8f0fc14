import { problem as common } from '../../platform/base/problems.ts';
import { allow } from '../../platform/http/access.ts';
import { noContent } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import * as accesses from './access-log.ts';
import * as history from './history-store.ts';
import { requirePerson } from './person.ts';
import { problem } from './problems.ts';
import { emptied } from './record.ts';
import * as records from './record-store.ts';
import { table } from './table.ts';
import { HealthPath } from './vitals.ts';

export const deleteHealth = operation({
  route: 'DELETE /health/{person_id}',
  summary: 'Delete the current values and the history',
  description: 'May be repeated, as after a failure half-way.',
  access: allow('admin', 'owner'),
  path: HealthPath,
  answers: { 204: null },
  problems: [problem.person_not_found, common.peer_unavailable],
  changes: table,
  erasable: false,
  async handle({ path: { person_id }, caller, headers, commit }) {
    await requirePerson(person_id, caller, headers);
    const { version, ...answer } = await commit(
      () => records.findLiving(person_id),
      (before) => {
        const record = emptied(person_id, before);
        const writes = [...records.replace(before, record), ...accesses.trace(person_id, caller, 'delete')];
        return { writes, answer: { ...noContent(), version: record.version } };
      },
    );
    // A measurement that arrived meanwhile made a later version, and stays whole.
    await history.sweep(person_id, version);
    return answer;
  },
});

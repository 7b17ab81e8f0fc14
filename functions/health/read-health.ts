import { allow } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { content, JSON_UTF8 } from '../../platform/http/content.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem as common } from '../../platform/http/problems.ts';
import { trace, traced } from './access-log.ts';
import { bundleOf, FHIR_TYPE, prefersFhir } from './fhir.ts';
import { Bundle } from './fhir-schema.ts';
import { requirePerson } from './person.ts';
import { problem } from './problems.ts';
import { HealthView, hasReadings, view } from './record.ts';
import { findRecord } from './record-store.ts';
import { HealthPath } from './vitals.ts';

export const readHealth = operation({
  route: 'GET /health/{person_id}',
  summary: 'Read the current values',
  description: 'With `Accept: application/fhir+json`, a FHIR R4 Bundle of Observations.',
  access: allow('admin', 'owner'),
  path: HealthPath,
  answers: { 200: content({ [JSON_UTF8]: HealthView, [FHIR_TYPE]: Bundle }) },
  problems: [problem.person_not_found, problem.health_not_found, common.peer_unavailable],
  async handle(request) {
    await requirePerson(request);
    const { person_id } = request.path;
    const record = await traced(trace(person_id, request.caller, 'read'), findRecord(person_id));
    if (!record || !hasReadings(record)) throw problem.health_not_found();
    if (!prefersFhir(request.headers.accept)) return ok(view(record));
    return ok(bundleOf(record), { headers: { 'Content-Type': FHIR_TYPE } });
  },
});

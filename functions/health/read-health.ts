import * as z from 'zod';
import { problem as common } from '../../platform/base/problems.ts';
import { allow } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { content, JSON_UTF8 } from '../../platform/http/content.ts';
import { preferredType } from '../../platform/http/media-types.ts';
import { operation } from '../../platform/http/operation.ts';
import * as accesses from './access-log.ts';
import { bundleOf, FHIR_TYPE, isOurFormat } from './fhir.ts';
import { Bundle } from './fhir-schema.ts';
import * as history from './history-store.ts';
import { requirePerson } from './person.ts';
import { problem } from './problems.ts';
import { HealthView, HistoryEntry, hasReadings, view } from './record.ts';
import * as records from './record-store.ts';
import { HealthPath } from './vitals.ts';

const Format = z
  .string()
  .max(100)
  .optional()
  .meta({ param: { description: 'FHIR’s own way to ask for its Bundle, before `Accept`', example: 'json' } });

export const readHealth = operation({
  route: 'GET /health/{person_id}',
  summary: 'Read the current values',
  description: 'With `Accept: application/fhir+json`, or `?_format=json`, a FHIR R4 Bundle of Observations.',
  access: allow('admin', 'owner'),
  path: HealthPath,
  query: z.object({ _format: Format }),
  answers: { 200: content({ [JSON_UTF8]: HealthView, [FHIR_TYPE]: Bundle }) },
  problems: [problem.person_not_found, problem.health_not_found, common.peer_unavailable],
  async handle({ path: { person_id }, query: { _format: format }, caller, headers }) {
    if (format && !isOurFormat(format)) throw common.not_acceptable();
    await requirePerson(person_id, caller, headers);
    const record = await accesses.traced(person_id, caller, 'read', records.find(person_id));
    if (!record || !hasReadings(record)) throw problem.health_not_found();
    const type = format ? FHIR_TYPE : preferredType(headers.accept, [JSON_UTF8, FHIR_TYPE]);
    if (type === JSON_UTF8) return ok(view(record));
    return ok(bundleOf(record), { headers: { 'Content-Type': FHIR_TYPE } });
  },
});

export const listHistory = operation({
  route: 'GET /health/{person_id}/history',
  summary: 'List the measurements, newest first',
  access: allow('admin', 'owner'),
  path: HealthPath,
  answers: { 200: z.array(HistoryEntry) },
  problems: [problem.person_not_found, common.peer_unavailable],
  paged: true,
  async handle({ path: { person_id }, caller, headers, paging }) {
    await requirePerson(person_id, caller, headers);
    const reading = history.list(person_id, paging);
    const { items, next } = await accesses.traced(person_id, caller, 'read_history', reading);
    return ok(items, { next });
  },
});

export const listAccesses = operation({
  route: 'GET /health/{person_id}/access-log',
  summary: 'List who read or changed the health data, newest first',
  description: 'Traces are kept for a year.',
  access: allow('admin'),
  path: HealthPath,
  answers: { 200: z.array(accesses.Access) },
  problems: [problem.person_not_found, common.peer_unavailable],
  paged: true,
  async handle({ path: { person_id }, caller, headers, paging }) {
    await requirePerson(person_id, caller, headers);
    const { items, next } = await accesses.list(person_id, paging);
    return ok(items, { next });
  },
});

import type { Operation } from '../../platform/http/operation.ts';
import type { ProblemFactory, ProblemKind } from '../../platform/http/problem.ts';
import { problem } from '../../platform/http/problems.ts';
import type { JsonObject } from './json.ts';

const SHOWN_ID = '0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d';

/** The problems that the platform answers for an operation, by what it declares. */
function platformProblems({ access, body, paged, idempotentIn, versioned, route }: Operation): ProblemFactory[] {
  const closed = !access.public;
  const someOnly = closed && !access.owner && access.roles.length < 3;
  const changes = !route.startsWith('GET ');
  return [
    problem.invalid_input,
    problem.reserved_header,
    ...(body ? [problem.malformed_json, problem.payload_too_large, problem.unsupported_media_type] : []),
    ...(paged ? [problem.invalid_cursor] : []),
    ...(closed ? [problem.unauthenticated] : []),
    ...(someOnly ? [problem.forbidden] : []),
    ...(idempotentIn ? [problem.idempotency_key_reused] : []),
    ...(versioned && changes ? [problem.stale_version] : []),
    problem.internal_error,
    problem.busy,
  ];
}

/** Every problem that an operation may answer, by status, the platform's first. */
export function problemsOf(operation: Operation): Map<number, ProblemFactory[]> {
  const all = new Set([...platformProblems(operation), ...operation.problems]);
  const byStatus = Map.groupBy(all, ({ kind }) => kind.status);
  return new Map([...byStatus].sort(([a], [b]) => a - b));
}

/** What the body of a problem looks like (RFC 9457 with our members). */
export const problemSchema: JsonObject = {
  type: 'object',
  description: 'RFC 9457 problem details. The language is the one of `Content-Language`.',
  required: ['type', 'title', 'status', 'detail', 'code', 'request_id'],
  additionalProperties: false,
  properties: {
    type: { type: 'string', format: 'uri', description: 'A URI that names the problem' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string', description: 'What to do about it' },
    code: { type: 'string', pattern: '^[a-z][a-z0-9_]*$', description: 'Stable: programs decide by it' },
    request_id: { type: 'string', description: 'Names this request in our logs' },
    errors: {
      type: 'array',
      description: 'One item for each refused field',
      items: {
        type: 'object',
        required: ['pointer', 'detail', 'code'],
        additionalProperties: false,
        properties: {
          pointer: { type: 'string', description: '`#/field` in the body, else `query/…`, `path/…`, `header/…`' },
          detail: { type: 'string' },
          code: { type: 'string' },
        },
      },
    },
  },
};

/** A problem's body as a reader of English gets it. */
export const exampleOf = (code: string, { title, detail, status }: ProblemKind): JsonObject => ({
  type: `urn:campus:problem:${code}`,
  title: title.en,
  status,
  detail: (detail ?? title).en,
  code,
  request_id: SHOWN_ID,
});

import type { ProblemFactory, ProblemKind } from '../../platform/base/problem.ts';
import { problem } from '../../platform/base/problems.ts';
import { ROLES } from '../../platform/http/access.ts';
import { typesOf } from '../../platform/http/answer.ts';
import type { Operation } from '../../platform/http/operation.ts';
import type { JsonObject } from './json.ts';

const SHOWN_ID = '0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d';

/** What may be said of a file, whose content is not the platform's affair. */
const OF_A_FILE = [problem.payload_too_large, problem.unsupported_media_type, problem.unsupported_content_coding];

const OF_A_BODY = [
  problem.malformed_json,
  problem.payload_too_large,
  problem.unsupported_content_coding,
  problem.unsupported_media_type,
];

/** The problems that the platform answers for an operation, by what it declares. */
function platformProblems({
  access,
  path,
  answers,
  body,
  file,
  paged,
  idempotent,
  versioned,
  route,
  changes: table,
}: Operation): ProblemFactory[] {
  const closed = !access.public;
  const someOnly = closed && access.relations.length === 0 && access.roles.length < ROLES.length;
  const changes = !route.startsWith('GET ');
  return [
    problem.invalid_input,
    ...(Object.keys(path.shape).length > 0 ? [problem.malformed_address] : []),
    ...(typesOf(answers).length > 0 ? [problem.not_acceptable] : []),
    problem.reserved_header,
    ...(body ? OF_A_BODY : []),
    ...(file ? OF_A_FILE : []),
    ...(paged ? [problem.invalid_cursor] : []),
    ...(closed ? [problem.unauthenticated] : []),
    ...(someOnly ? [problem.forbidden] : []),
    ...(idempotent ? [problem.idempotency_key_reused] : []),
    ...(versioned && changes ? [problem.stale_version] : []),
    ...(table && !route.startsWith('POST ') ? [problem.already_there] : []),
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
    type: {
      type: 'string',
      format: 'uri-reference',
      description: 'An address of this API that tells what the problem is and what to do: a page, or JSON for programs',
    },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string', description: 'What to do about it' },
    code: { type: 'string', pattern: '^[a-z][a-z0-9_]*$', description: 'Stable: programs decide by it' },
    request_id: { type: 'string', description: 'Names this request in our logs' },
    errors: {
      type: 'array',
      description: 'One item for each refused field, of the first twenty',
      maxItems: 20,
      items: {
        type: 'object',
        required: ['detail', 'code'],
        additionalProperties: false,
        properties: {
          pointer: { type: 'string', description: 'Where in the body: a JSON pointer, `#/items/0/quantity`' },
          parameter: { type: 'string', description: 'Which parameter of the path or the query' },
          header: { type: 'string', description: 'Which header' },
          detail: { type: 'string' },
          code: { type: 'string' },
        },
      },
    },
    more_errors: { type: 'integer', minimum: 1, description: 'How many more fields are refused, where there are more' },
  },
};

/** A problem's body as a reader of English gets it. */
export const exampleOf = (code: string, { title, detail, status }: ProblemKind): JsonObject => ({
  type: `/problems/${code}`,
  title: title.en,
  status,
  detail: (detail ?? title).en,
  code,
  request_id: SHOWN_ID,
});

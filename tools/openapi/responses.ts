import { STATUS_CODES } from 'node:http';
import type * as z from 'zod';
import type { oas31, ZodOpenApiContentObject, ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import type { ProblemFactory } from '../../platform/base/problem.ts';
import { Content, Streamed } from '../../platform/http/content.ts';
import type { Operation } from '../../platform/http/operation.ts';
import { compact } from './json.ts';
import { problemsOf } from './problems.ts';

/** Examples that tests saw, by status. */
export type Examples = Readonly<Record<string, { readonly request?: unknown; readonly answer?: unknown }>>;

const header = (name: string): [string, oas31.ReferenceObject] => [name, { $ref: `#/components/headers/${name}` }];

/** The headers that answers may carry, whatever the operation. */
export const headerComponents: Record<string, oas31.HeaderObject> = {
  'X-Request-Id': {
    description: 'Names this request in our logs: the one that was sent, when it is sane',
    schema: { type: 'string' },
  },
  ETag: {
    description: 'The version of what was answered, for `If-Match`',
    schema: { type: 'string', pattern: '^"\\d+"$' },
  },
  'X-Cache': {
    description:
      'Whether the answer was kept from an earlier call, `hit`, or computed for this one; never an outdated one',
    schema: { type: 'string', enum: ['hit', 'miss'] },
  },
  Link: { description: 'The next page, `rel="next"`; absent on the last one', schema: { type: 'string' } },
  Location: { description: 'The path of what was made', schema: { type: 'string' } },
  'Retry-After': {
    description: 'Seconds after which it is worth trying again',
    schema: { type: 'string', pattern: '^\\d+$' },
  },
  'WWW-Authenticate': { description: 'How to authenticate', schema: { type: 'string' } },
};

/** What a body is, by media type. */
function schemasOf(declaration: z.ZodType | Content): Readonly<Record<string, z.ZodType>> {
  if (declaration instanceof Streamed) return declaration.described;
  return declaration instanceof Content ? declaration.byType : { 'application/json': declaration };
}

function contentOf(declaration: Operation['answers'][number] | undefined, example: unknown) {
  if (!declaration) return undefined;
  const shown = Object.entries(schemasOf(declaration)).map(([type, schema], i) => [
    type.split(';')[0],
    compact({ schema, example: i === 0 ? example : undefined }),
  ]);
  return Object.fromEntries(shown) as ZodOpenApiContentObject;
}

function success(operation: Operation, status: number, examples: Examples): ZodOpenApiResponseObject {
  const { versioned, paged, cached, answers } = operation;
  return compact<ZodOpenApiResponseObject>({
    description: STATUS_CODES[status] ?? 'Done',
    headers: Object.fromEntries([
      header('X-Request-Id'),
      ...(status === 201 ? [header('Location')] : []),
      ...(versioned && answers[status] ? [header('ETag')] : []),
      ...(paged ? [header('Link')] : []),
      ...(cached ? [header('X-Cache')] : []),
    ]),
    content: contentOf(answers[status], examples[status]?.answer),
  });
}

const notModified: ZodOpenApiResponseObject = {
  description: 'Not modified: `If-None-Match` named the present version',
  headers: Object.fromEntries([header('X-Request-Id'), header('ETag')]),
};

function refusal(status: number, problems: readonly ProblemFactory[]): ZodOpenApiResponseObject {
  const may = problems.some(({ kind }) => kind.retryAfter !== undefined) || status === 429;
  return {
    id: problems.map(({ code }) => code).join('.'),
    description: problems.map(({ code, kind }) => `\`${code}\`: ${kind.title.en}`).join(' · '),
    headers: Object.fromEntries([
      header('X-Request-Id'),
      ...(may ? [header('Retry-After')] : []),
      ...(status === 401 ? [header('WWW-Authenticate')] : []),
    ]),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(problems.map(({ code }) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
    'x-problem-codes': problems.map(({ code }) => code),
  };
}

/** The refusals of operations; those that operations share are one object, and so one component. */
export class Refusals {
  readonly #known = new Map<string, ZodOpenApiResponseObject>();

  of(status: number, problems: readonly ProblemFactory[]): ZodOpenApiResponseObject {
    const made = refusal(status, problems);
    const known = this.#known.get(`${made.id}`) ?? made;
    this.#known.set(`${made.id}`, known);
    return known;
  }
}

/** Everything that an operation may answer, by status. */
export function responsesOf(operation: Operation, refusals: Refusals, examples: Examples): ZodOpenApiResponsesObject {
  const conditional = operation.versioned && operation.route.startsWith('GET ');
  const statuses = Object.keys(operation.answers).map(Number);
  return {
    ...Object.fromEntries(statuses.map((status) => [status, success(operation, status, examples)])),
    ...(conditional && { 304: notModified }),
    ...Object.fromEntries([...problemsOf(operation)].map(([status, codes]) => [status, refusals.of(status, codes)])),
  };
}

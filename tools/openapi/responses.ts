import { STATUS_CODES } from 'node:http';
import { Content } from '../../platform/http/content.ts';
import type { Operation } from '../../platform/http/operation.ts';
import type { ProblemFactory } from '../../platform/http/problem.ts';
import { compact, type JsonObject } from './json.ts';
import { problemsOf } from './problems.ts';
import type { Schemas } from './schemas.ts';

/** Examples that tests saw, by status. */
export type Examples = Readonly<Record<string, { readonly request?: unknown; readonly answer?: unknown }>>;

const header = (name: string): [string, JsonObject] => [name, { $ref: `#/components/headers/${name}` }];

/** The headers that answers may carry, whatever the operation. */
export const headerComponents: JsonObject = {
  'X-Request-Id': {
    description: 'Names this request in our logs: the one that was sent, when it is sane',
    schema: { type: 'string' },
  },
  ETag: {
    description: 'The version of what was answered, for `If-Match`',
    schema: { type: 'string', pattern: '^"\\d+"$' },
  },
  Link: { description: 'The next page, `rel="next"`; absent on the last one', schema: { type: 'string' } },
  Location: { description: 'The path of what was made', schema: { type: 'string' } },
  'Retry-After': {
    description: 'Seconds after which it is worth trying again',
    schema: { type: 'string', pattern: '^\\d+$' },
  },
  'WWW-Authenticate': { description: 'How to authenticate', schema: { type: 'string' } },
};

function contentOf(declaration: Operation['answers'][number] | undefined, schemas: Schemas, example: unknown) {
  if (!declaration) return undefined;
  const byType = declaration instanceof Content ? declaration.byType : { 'application/json': declaration };
  const shown = Object.entries(byType).map(([type, schema], i) => [
    type.split(';')[0],
    compact({ schema: schemas.of(schema, 'output'), example: i === 0 ? example : undefined }),
  ]);
  return Object.fromEntries(shown) as JsonObject;
}

function success(operation: Operation, status: number, schemas: Schemas, examples: Examples): JsonObject {
  const { versioned, paged, answers } = operation;
  return compact({
    description: STATUS_CODES[status] ?? 'Done',
    headers: Object.fromEntries([
      header('X-Request-Id'),
      ...(status === 201 ? [header('Location')] : []),
      ...(versioned && answers[status] ? [header('ETag')] : []),
      ...(paged ? [header('Link')] : []),
    ]),
    content: contentOf(answers[status], schemas, examples[status]?.answer),
  });
}

const notModified = (): JsonObject => ({
  description: 'Not modified: `If-None-Match` named the present version',
  headers: Object.fromEntries([header('X-Request-Id'), header('ETag')]),
});

function refusal(status: number, problems: readonly ProblemFactory[]): JsonObject {
  const may = problems.some(({ kind }) => kind.retryAfter !== undefined) || status === 429;
  return {
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

/** The refusals that operations share, each a component named by its codes. */
export class Refusals {
  readonly components: Record<string, JsonObject> = {};

  of(status: number, problems: readonly ProblemFactory[]): JsonObject {
    const name = problems.map(({ code }) => code).join('.');
    this.components[name] ??= refusal(status, problems);
    return { $ref: `#/components/responses/${name}` };
  }
}

/** Everything that an operation may answer, by status. */
export function responsesOf(
  operation: Operation,
  schemas: Schemas,
  refusals: Refusals,
  examples: Examples,
): JsonObject {
  const conditional = operation.versioned && operation.route.startsWith('GET ');
  const statuses = Object.keys(operation.answers).map(Number);
  return {
    ...Object.fromEntries(statuses.map((status) => [status, success(operation, status, schemas, examples)])),
    ...(conditional && { 304: notModified() }),
    ...Object.fromEntries([...problemsOf(operation)].map(([status, codes]) => [status, refusals.of(status, codes)])),
  };
}

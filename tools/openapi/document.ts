import * as z from 'zod';
import {
  createDocument,
  type oas31,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import manifest from '../../package.json' with { type: 'json' };
import { allProblems } from '../../platform/base/problem.ts';
import { type Access, type Relation, ROLES } from '../../platform/http/access.ts';
import type { FileBody } from '../../platform/http/file-body.ts';
import type { Route } from '../../platform/http/operation.ts';
import type { ReadOnly } from '../../platform/http/read-only.ts';
import { type Context, readContexts } from '../../project/contexts.ts';
import { compact, type JsonObject } from './json.ts';
import { declarationsOf, type NamedOperation } from './operations.ts';
import {
  allowEmptyFilters,
  headersOf,
  type Parameter,
  parameterComponents,
  requestParamsOf,
  showDemoData,
} from './parameters.ts';
import { exampleOf, problemSchema } from './problems.ts';
import { type Examples, headerComponents, Refusals, responsesOf } from './responses.ts';
import { nameComponents, schemaOptions } from './schemas.ts';

/** Examples by operation. */
export type ExamplesByOperation = Readonly<Record<string, Examples>>;

const RELATIONS: Readonly<Record<Relation, string>> = {
  owner: 'the owner of the record',
  guardian: 'the guardians named on it',
};

/** Who may call an operation, in words. */
export function audience({ public: isPublic, roles, relations }: Access): string {
  if (isPublic) return 'Anyone, without a token.';
  if (roles.length === ROLES.length) return 'Anyone who is signed in.';
  const names: string[] = [...roles, ...relations.map((relation) => RELATIONS[relation])];
  const last = names.pop() ?? 'nobody';
  return `${names.length > 0 ? `${names.join(', ')} and ` : ''}${last} only.`;
}

/** `POST /api/login` → `AtApiLogin`: tells an alias from its operation. */
const aliasSuffix = (route: Route): string =>
  `At${(route.split(' ')[1] ?? '')
    .split(/[^\w]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')}`;

/** A body together with what may be sent back in it as it was read. */
function describedBody(body: z.ZodType, readOnly: ReadOnly | undefined): z.ZodType {
  if (!readOnly || !(body instanceof z.ZodObject)) return body;
  const members = Object.entries(readOnly.shape as Record<string, z.ZodType>);
  return body.extend(Object.fromEntries(members.map(([name, one]) => [name, one.optional().meta({ readOnly: true })])));
}

/** A body that is a file: bytes, in any of its media types. */
const fileContent = ({ types }: FileBody) =>
  Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' as const, format: 'binary' } }]));

function describe(
  named: NamedOperation,
  refusals: Refusals,
  examples: Examples,
  alias?: Route,
): ZodOpenApiOperationObject {
  const { operation, name, context } = named;
  const { summary, description, access, body, file, readOnly, route } = operation;
  const remark = alias && `The same as \`${route}\`.`;
  const example = Object.values(examples).find(({ request }) => request !== undefined)?.request;
  return compact<ZodOpenApiOperationObject>({
    operationId: alias ? name + aliasSuffix(alias) : name,
    tags: [context],
    summary,
    description: [description, remark, `Who: ${audience(access)}`].filter(Boolean).join('\n\n'),
    security: access.public ? [] : [{ bearer: [] }],
    requestParams: requestParamsOf(operation, alias ?? route),
    parameters: headersOf(operation, alias ?? route),
    requestBody:
      (file && { required: true, content: fileContent(file) }) ??
      (body && {
        ...(readOnly && {
          description: 'What is read-only may be sent back as it was read; anything else is refused as `read_only`.',
        }),
        required: !body.safeParse(undefined).success,
        content: { 'application/json': compact({ schema: describedBody(body, readOnly), example }) },
      }),
    responses: responsesOf(operation, refusals, examples),
    'x-roles': access.public ? ['public'] : [...access.roles, ...access.relations],
    'x-source': named.file,
  });
}

function pathsOf(operations: readonly NamedOperation[], examples: ExamplesByOperation): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  const refusals = new Refusals();
  const add = (route: Route, described: ZodOpenApiOperationObject): void => {
    const [method = '', path = ''] = route.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: described };
  };
  for (const named of operations) {
    const seen = examples[named.name] ?? {};
    add(named.operation.route, describe(named, refusals, seen));
    for (const alias of named.operation.aliases) add(alias, describe(named, refusals, seen, alias));
  }
  return paths;
}

const info: ZodOpenApiObject['info'] = {
  title: 'Campus',
  version: manifest.version,
  summary: manifest.description,
  description:
    'JSON in UTF-8, `snake_case` names, times in ISO 8601 UTC, money in integer minor units. Unknown fields and query ' +
    'parameters are refused. Errors are `application/problem+json`; programs decide by their `code`.',
  contact: { name: 'The maintainers of Campus' },
  license: { name: 'MIT', identifier: 'MIT' },
};

const bearer: oas31.SecuritySchemeObject = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description: 'The `access_token` of `POST /auth/login`.',
};

/** The whole API as OpenAPI 3.1, made from what the contexts deploy and their operations declare. */
export async function openApi(
  examples: ExamplesByOperation,
  contexts: Context[] = readContexts(),
): Promise<JsonObject> {
  const declarations = await Promise.all(contexts.map(declarationsOf));
  nameComponents(declarations);
  const problems = [...allProblems].sort(([a], [b]) => a.localeCompare(b));
  const { components = {}, ...document } = createDocument(
    {
      openapi: '3.1.1',
      info,
      servers: [
        { url: 'http://localhost:3000', description: 'What npm start runs' },
        { url: '.', description: 'Where this document lies' },
      ],
      tags: contexts.map(({ name, purpose }) => ({ name, description: purpose })),
      paths: pathsOf(
        declarations.flatMap(({ operations }) => operations),
        examples,
      ),
      components: {
        securitySchemes: { bearer },
        schemas: { Problem: problemSchema },
        parameters: parameterComponents,
        headers: headerComponents,
        examples: Object.fromEntries(problems.map(([code, kind]) => [code, { value: exampleOf(code, kind) }])),
      },
    },
    schemaOptions,
  );
  for (const [path, methods] of Object.entries(document.paths ?? {}))
    for (const operation of Object.values(methods as Record<string, { parameters?: Parameter[] }>))
      complete(path, operation.parameters ?? []);
  return { ...document, components: used(document, components) };
}

/** What is said of parameters once they stand in the document. */
function complete(path: string, parameters: readonly Parameter[]): void {
  allowEmptyFilters(parameters);
  showDemoData(path, parameters);
}

/** The components in alphabetical order, without those that nothing refers to. */
function used(document: object, components: object): JsonObject {
  const text = JSON.stringify([document, components]);
  const isUsed = (kind: string, name: string) =>
    kind === 'securitySchemes' || text.includes(`"#/components/${kind}/${name}"`);
  const kept = Object.entries(components).map(([kind, members]) => {
    const named = Object.entries(members as JsonObject).filter(([name]) => isUsed(kind, name));
    return [kind, Object.fromEntries(named.sort(([a], [b]) => a.localeCompare(b)))];
  });
  return Object.fromEntries(kept) as JsonObject;
}

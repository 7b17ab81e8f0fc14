import manifest from '../../package.json' with { type: 'json' };
import type { Access } from '../../platform/http/access.ts';
import type { Route } from '../../platform/http/operation.ts';
import { allProblems } from '../../platform/http/problem.ts';
import { type Context, readContexts } from '../contexts.ts';
import { compact, type JsonObject } from './json.ts';
import { declarationsOf, type NamedOperation } from './operations.ts';
import { parameterComponents, parametersOf } from './parameters.ts';
import { exampleOf, problemSchema } from './problems.ts';
import { type Examples, headerComponents, Refusals, responsesOf } from './responses.ts';
import { Schemas } from './schemas.ts';

/** Examples by operation. */
export type ExamplesByOperation = Readonly<Record<string, Examples>>;

/** Who may call an operation, in words. */
export function audience({ public: isPublic, roles, owner }: Access): string {
  if (isPublic) return 'Anyone, without a token.';
  if (roles.length === 3) return 'Anyone who is signed in.';
  const names: string[] = [...roles, ...(owner ? ['the owner of the record'] : [])];
  const last = names.pop() ?? 'nobody';
  return `${names.length > 0 ? `${names.join(', ')} and ` : ''}${last} only.`;
}

/** `POST /api/login` → `AtApiLogin`: tells an alias from its operation. */
const aliasSuffix = (route: Route): string =>
  `At${(route.split(' ')[1] ?? '')
    .split(/[^\w]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')}`;

/** What the operations' descriptions refer to. */
interface Shared {
  readonly schemas: Schemas;
  readonly refusals: Refusals;
}

function describe(named: NamedOperation, shared: Shared, examples: Examples, alias?: Route): JsonObject {
  const { schemas, refusals } = shared;
  const { operation, name, context } = named;
  const { summary, description, access, body, route } = operation;
  const remark = alias && `The same as \`${route}\`.`;
  const example = Object.values(examples).find(({ request }) => request !== undefined)?.request;
  return compact({
    operationId: alias ? name + aliasSuffix(alias) : name,
    tags: [context],
    summary,
    description: [description, remark, `Who: ${audience(access)}`].filter(Boolean).join('\n\n'),
    security: access.public ? [] : [{ bearer: [] }],
    parameters: parametersOf(operation, alias ?? route, schemas),
    requestBody: body && {
      required: !body.safeParse(undefined).success,
      content: { 'application/json': compact({ schema: schemas.of(body, 'input'), example }) },
    },
    responses: responsesOf(operation, schemas, refusals, examples),
    'x-roles': access.public ? ['public'] : [...access.roles, ...(access.owner ? ['owner'] : [])],
    'x-source': named.file,
  });
}

function pathsOf(operations: readonly NamedOperation[], shared: Shared, examples: ExamplesByOperation): JsonObject {
  const paths: Record<string, JsonObject> = {};
  const add = (route: Route, described: JsonObject): void => {
    const [method = '', path = ''] = route.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: described };
  };
  for (const named of operations) {
    const seen = examples[named.name] ?? {};
    add(named.operation.route, describe(named, shared, seen));
    for (const alias of named.operation.aliases) add(alias, describe(named, shared, seen, alias));
  }
  return paths;
}

const info: JsonObject = {
  title: 'Campus',
  version: manifest.version,
  summary: manifest.description,
  description:
    'JSON in UTF-8, `snake_case` names, times in ISO 8601 UTC, money in integer minor units. Unknown fields and query ' +
    'parameters are refused. Errors are `application/problem+json`; programs decide by their `code`.',
  license: { name: 'MIT', identifier: 'MIT' },
};

const bearer: JsonObject = {
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
  const schemas = new Schemas();
  const declarations = await Promise.all(contexts.map(declarationsOf));
  declarations.forEach((one, i) => {
    for (const [name, schema] of one.schemas) schemas.name(schema, name, contexts[i]?.name ?? '');
  });
  const refusals = new Refusals();
  const operations = declarations.flatMap((one) => one.operations);
  const paths = pathsOf(operations, { schemas, refusals }, examples);
  const problems = [...allProblems].sort(([a], [b]) => a.localeCompare(b));
  return {
    openapi: '3.1.1',
    info,
    servers: [{ url: '.', description: 'Where this document lies' }],
    tags: contexts.map(({ name, purpose }) => ({ name, description: purpose })),
    paths,
    components: used(paths, {
      securitySchemes: { bearer },
      schemas: { Problem: problemSchema, ...sorted(schemas.components) },
      responses: sorted(refusals.components),
      parameters: parameterComponents,
      headers: headerComponents,
      examples: Object.fromEntries(problems.map(([code, kind]) => [code, { value: exampleOf(code, kind) }])),
    }),
  };
}

/** The components without those that nothing refers to. */
function used(paths: JsonObject, components: Record<string, JsonObject>): JsonObject {
  const text = JSON.stringify([paths, components]);
  const isUsed = (kind: string, name: string) =>
    kind === 'securitySchemes' || text.includes(`"#/components/${kind}/${name}"`);
  const kept = Object.entries(components).map(([kind, members]) => [
    kind,
    Object.fromEntries(Object.entries(members).filter(([name]) => isUsed(kind, name))),
  ]);
  return Object.fromEntries(kept) as JsonObject;
}

const sorted = (members: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(members).sort(([a], [b]) => a.localeCompare(b)));

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROLES } from '../../platform/http/access.ts';
import { Misuse } from '../../project/command.ts';
import { type Context, type Lambda, readContexts, routesOf, sourceOf } from '../../project/contexts.ts';
import { projectRoot, textOf } from '../../project/root.ts';

/** What a new operation is to be. */
export interface Wish {
  readonly context: string;
  /** Verb and noun, as its file is called: `list-names`. */
  readonly name: string;
  /** `GET /persons/names`; made of the name where it is not given. */
  readonly route: string | undefined;
  /** The Lambda that serves it; the context's first one behind the API else. */
  readonly lambda: string | undefined;
}

/** The files to write, each with its whole text. */
export type Files = ReadonlyMap<string, string>;

const METHODS: Readonly<Record<string, string>> = {
  add: 'POST',
  create: 'POST',
  place: 'POST',
  send: 'POST',
  change: 'PUT',
  replace: 'PUT',
  update: 'PUT',
  cancel: 'DELETE',
  delete: 'DELETE',
  remove: 'DELETE',
};

const camel = (name: string): string => name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const pascal = (name: string): string => camel(`-${name}`);

function routeFor({ context, name, route }: Wish): string {
  const [verb = '', ...noun] = name.split('-');
  const wanted = route ?? `${METHODS[verb] ?? 'GET'} /${context}/${noun.join('-')}`;
  if (!/^(?:GET|POST|PUT|PATCH|DELETE) \/[\w./{}-]*$/.test(wanted))
    throw new Misuse(`"${wanted}" is no route: "GET /persons/{id}" is one`);
  return wanted;
}

function lambdaFor(context: Context, wanted: string | undefined): Lambda {
  const behindApi = context.lambdas.filter((lambda) => routesOf(lambda).length > 0);
  const found = wanted === undefined ? behindApi[0] : behindApi.find(({ name }) => name === wanted);
  if (!found)
    throw new Misuse(`${context.name} has no Lambda ${wanted}, but ${behindApi.map((one) => one.name).join(', ')}`);
  return found;
}

/** The schema of a variable of a path, and where it is imported from. */
const variableSchema = (name: string): readonly [schema: string, file: string] =>
  name === 'username'
    ? ['Username', 'text']
    : /(?:^|_)id$/.test(name)
      ? ['IntegerId', 'identifiers']
      : ['line(100)', 'text'];

function operationFile(name: string, route: string): string {
  const variables = [...route.matchAll(/\{(\w+)\}/g)].map(([, one = '']) => [one, ...variableSchema(one)] as const);
  const imports = new Set(
    variables.map(
      ([, schema, file]) => `import { ${schema.replace(/\(.*/, '')} } from '../../platform/schema/${file}.ts';`,
    ),
  );
  const path = variables.map(([one, schema]) => `${one}: ${schema}`).join(', ');
  return `import * as z from 'zod';
import { allow } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
${[...imports].join('\n')}

/** What ${name} answers: say of each field what it means, and in which unit. */
export const ${pascal(name)} = z.object({ answer: z.string() });

export const ${camel(name)} = operation({
  route: '${route}',
  summary: '${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', ' ')}',
  access: allow('admin', 'teacher'),
  ${path && `path: z.object({ ${path} }),\n  `}answers: { 200: ${pascal(name)} },
  // A change is one commit(read, decide), of an operation that says \`changes: table\`: docs/adding-an-operation.md.
  handle: async () => ok({ answer: 'not yet' }),
});
`;
}

/** The route with something in the place of its variables. */
const filled = (route: string): string =>
  route.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'username' ? 'victor' : '1'));

function testFile({ context, name }: Wish, route: string, source: string): string {
  const lambda = `./${source.split('/').at(-1)}`;
  return `import { beforeAll, expect, test } from '@jest/globals';
import { admin, call } from '../../tests/support/call.ts';
import { createContext } from '../../tests/support/tables.ts';
import { handler } from '${lambda}';

beforeAll(async () => {
  await createContext('${context}');
});

test('${name}: the promise that this test guards', async () => {
  const { status, body } = await call(handler, '${filled(route)}', { as: admin });
  // Say here what it is to answer; then have functions/${context}/${name}.ts do so.
  expect([status, body]).toEqual([200, { answer: 'what this test asks for' }]);
});
`;
}

function inLambda(source: string, name: string): string {
  const text = textOf(source);
  const [whole, inside] = /endpoint\(([^;]*?),?\s*\);/.exec(text) ?? [];
  if (!whole) throw new Misuse(`${source} has no endpoint(…) to add an operation to`);
  const imported = `import { ${camel(name)} } from './${name}.ts';\n`;
  const lastImport = text.lastIndexOf('import ');
  const after = text.indexOf('\n', text.indexOf(' from ', lastImport)) + 1;
  const changed = text.replace(whole, `endpoint(${inside}, ${camel(name)});`);
  return changed.slice(0, after) + imported + changed.slice(after);
}

function inContextYml({ file }: Context, lambda: Lambda, route: string): string {
  const lines = textOf(file).split('\n');
  const start = lines.indexOf(`  ${lambda.name}:`);
  const next = lines.findIndex((line, i) => i > start && /^ {0,2}\S/.test(line));
  const last = lines.findLastIndex((line, i) => i > start && (next < 0 || i < next) && line.includes('- http:'));
  const [method, path = ''] = route.split(' ');
  const quoted = path.includes('{') ? `"${path}"` : path;
  const line = `      - http: { method: ${method}, path: ${quoted}, authorizer: "\${self:custom.authorizer}" }`;
  return lines.toSpliced(last + 1, 0, line).join('\n');
}

function inMatrix(file: string, route: string): string {
  const roles = ROLES.map((role) => `${role}: ${role === 'admin' || role === 'teacher' ? 200 : 403}`).join(', ');
  const target = route.includes('{')
    ? `target: { of: async () => '${route.includes('{username}') ? 'victor' : '1'}', missing: () => '2' }, `
    : '';
  const row = `  { route: '${route}', ${target}roles: { ${roles} } },\n];`;
  const text = textOf(file);
  const end = text.indexOf('\n];', text.indexOf('export const rows'));
  return `${text.slice(0, end)}\n${row}${text.slice(end + '\n];'.length)}`;
}

function inRequests(file: string, name: string, route: string): string {
  const text = textOf(file);
  const [method, path] = filled(route).split(' ');
  const token = text.includes('@name admin') ? 'Authorization: Bearer {{admin.response.body.access_token}}\n' : '';
  return `${text.trimEnd()}\n\n### ${name.replaceAll('-', ' ')}\n${method} {{api}}${path}\n${token}`;
}

/**
 * A new operation with all that belongs to it: its file, its line in the Lambda and in context.yml, its row in the
 * authorisation matrix, a request to try, and a first test that fails until somebody says what it is to answer.
 * @throws Misuse when there is such a file or route, or no such context or Lambda
 */
export function newOperation(wish: Wish): Files {
  const { name } = wish;
  if (!/^[a-z]+(?:-[a-z]+)+$/.test(name)) throw new Misuse(`"${name}" is no name: verb and noun, like list-names`);
  const contexts = readContexts();
  const context = contexts.find((one) => one.name === wish.context);
  if (!context)
    throw new Misuse(`there is no context ${wish.context}, but ${contexts.map((one) => one.name).join(', ')}`);
  const route = routeFor(wish);
  const taken = contexts.flatMap(({ lambdas }) => lambdas.flatMap(routesOf)).some((one) => one.route === route);
  if (taken) throw new Misuse(`there is ${route} already`);
  const file = `${context.folder}/${name}.ts`;
  if (existsSync(join(projectRoot, file))) throw new Misuse(`there is ${file} already`);
  const lambda = lambdaFor(context, wish.lambda);
  const matrix = `tests/http/authorisation/${context.name}.ts`;
  const requests = `http/${context.name}.http`;
  return new Map([
    [file, operationFile(name, route)],
    [`${context.folder}/${name}.test.ts`, testFile(wish, route, sourceOf(lambda))],
    [sourceOf(lambda), inLambda(sourceOf(lambda), name)],
    [context.file, inContextYml(context, lambda, route)],
    [matrix, inMatrix(matrix, route)],
    [requests, inRequests(requests, name, route)],
  ]);
}

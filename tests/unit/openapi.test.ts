import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { IntegerId } from '../../platform/ids.ts';
import { Phone } from '../../platform/phone.ts';
import { line } from '../../platform/text.ts';
import { readContexts, routesOf } from '../../tools/contexts.ts';
import { Schemas } from '../../tools/openapi/schemas.ts';
import { openApiText } from '../../tools/openapi.ts';
import { textOf } from '../support/project.ts';

interface Described {
  operationId: string;
  security: unknown[];
  parameters?: { schema: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
}

const document = JSON.parse(textOf('openapi.json')) as {
  paths: Record<string, Record<string, Described>>;
};

const described = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, one]) => ({ ...one, route: `${method.toUpperCase()} ${path}` })),
);

test('openapi.json is what the operations declare: npm run openapi after a change of one', async () => {
  expect(textOf('openapi.json')).toBe(await openApiText());
});

test('every deployed route is described, every described route is deployed, and both say alike who needs a token', () => {
  const deployed = readContexts().flatMap(({ lambdas }) => lambdas.flatMap(routesOf));
  const told = described.map(({ route, security }) => ({ route, authorized: security.length > 0 }));
  const byRoute = (a: { route: string }, b: { route: string }) => a.route.localeCompare(b.route);
  expect(told.sort(byRoute)).toEqual(deployed.sort(byRoute));
});

test('no two operations share a name', () => {
  const names = described.map(({ operationId }) => operationId);
  expect(new Set(names).size).toBe(names.length);
});

test('what clients spell is described as they spell it, whatever the code makes of it', async () => {
  const schemas = new Schemas();
  const shown = (schema: z.ZodType) => schemas.of(schema, 'input');
  expect(shown(IntegerId)).toMatchObject({ type: 'integer', minimum: 1 });
  expect(shown(line(40))).toEqual({ type: 'string', format: 'line', minLength: 1, maxLength: 40 });
  expect(shown(z.object({ phone: Phone.optional() }))).toMatchObject({ properties: { phone: { format: 'phone' } } });
  expect(shown(z.string().pipe(Phone))).toMatchObject({ format: 'phone' });
});

test('nothing that a client sends is left without a type', () => {
  const untyped = described.flatMap(({ route, parameters = [], requestBody }) => {
    const sent = [...parameters.filter(({ schema }) => schema).map(({ schema }) => schema)];
    const body = requestBody?.content['application/json']?.schema;
    return [...sent, ...(body ? [body] : [])]
      .filter((schema) => !['type', '$ref', 'enum', 'const', 'anyOf', 'oneOf', 'allOf'].some((key) => key in schema))
      .map(() => route);
  });
  expect(untyped).toEqual([]);
});

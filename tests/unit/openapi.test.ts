import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { createSchema } from 'zod-openapi';
import { IntegerId } from '../../platform/schema/identifiers.ts';
import { Phone } from '../../platform/schema/phone.ts';
import { line } from '../../platform/schema/text.ts';
import { readContexts } from '../../project/contexts.ts';
import { textOf } from '../../project/root.ts';
import { schemaOptions } from '../../tools/openapi/schemas.ts';
import { openApiText } from '../../tools/openapi.ts';
import { apiRoutesOf } from '../support/project.ts';

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

test('every deployed route is described, every described route is deployed, and both say alike who needs a token; pages are no API', async () => {
  const deployed = await apiRoutesOf(readContexts().flatMap(({ lambdas }) => lambdas));
  const told = described.map(({ route, security }) => ({ route, authorized: security.length > 0 }));
  const byRoute = (a: { route: string }, b: { route: string }) => a.route.localeCompare(b.route);
  expect(told.sort(byRoute)).toEqual(deployed.sort(byRoute));
});

test('no two operations share a name', () => {
  const names = described.map(({ operationId }) => operationId);
  expect(new Set(names).size).toBe(names.length);
});

test('what clients spell is described as they spell it, whatever the code makes of it', () => {
  const shown = (schema: z.ZodType) => createSchema(schema, { io: 'input', opts: schemaOptions }).schema;
  expect(shown(IntegerId)).toMatchObject({ type: 'integer', minimum: 1 });
  expect(shown(IntegerId)).not.toHaveProperty('pattern');
  expect(shown(line(40))).toEqual({ type: 'string', format: 'line', minLength: 1, maxLength: 40 });
  expect(shown(z.object({ phone: Phone.optional() }))).toMatchObject({ properties: { phone: { format: 'phone' } } });
  expect(shown(Phone.describe('Of the parents'))).toMatchObject({ format: 'phone', description: 'Of the parents' });
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

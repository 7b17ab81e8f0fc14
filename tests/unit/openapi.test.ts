import { expect, test } from '@jest/globals';
import { readContexts, routesOf } from '../../tools/contexts.ts';
import { openApiText } from '../../tools/openapi.ts';
import { textOf } from '../support/project.ts';

const document = JSON.parse(textOf('openapi.json')) as {
  paths: Record<string, Record<string, { operationId: string; security: unknown[]; summary: string }>>;
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

import { expect, test } from '@jest/globals';
import { ANY_METHOD, apiBody } from '../../deploy/template/api-body.ts';
import { settingsOf } from '../../deploy/template/settings.ts';
import { readContexts, routesOf } from '../../project/contexts.ts';
import type { Service } from '../../project/serverless.ts';
import type { Template } from '../../project/template.ts';
import { routesIn } from './api-body.ts';
import { CROWD_ROUTES } from './crowd.ts';
import { packagedTemplate } from './packaged.ts';

const typesOf = ({ Resources }: Template): string[] => Object.values(Resources).map(({ Type }) => Type);

test('ninety more routes add no resource: only their functions and role do', () => {
  const [before, after] = [packagedTemplate('prod-cors'), packagedTemplate('prod-cors-crowded')];
  const counts = Map.groupBy(typesOf(after), (type) => type);
  for (const type of typesOf(before)) counts.get(type)?.pop();
  const added = Object.fromEntries([...counts].map(([type, { length }]) => [type, length]).filter(([, n]) => n));
  expect(added).toEqual({
    'AWS::Lambda::Function': 15,
    'AWS::Logs::LogGroup': 15,
    'AWS::Lambda::Permission': 15,
    'AWS::Lambda::Version': 15,
    'AWS::Lambda::Alias': 15,
    'AWS::CodeDeploy::DeploymentGroup': 15,
    'AWS::IAM::Role': 1,
  });
});

test('… and all of them are routes, behind the authorizer, with an answer to browsers that ask before', () => {
  const routes = routesIn(packagedTemplate('prod-cors-crowded'));
  for (const path of CROWD_ROUTES) {
    const [get, options] = ['GET', 'OPTIONS'].map((method) =>
      routes.find(({ route }) => route === `${method} ${path}`),
    );
    expect(get?.operation.security).toEqual([{ authorizer: [] }]);
    expect(options?.operation.security).toBeUndefined();
  }
});

test('another route makes another deployment, and the same routes the same', () => {
  const deploymentOf = (name: string) =>
    Object.entries(packagedTemplate(name).Resources).find(
      ([, { Type }]) => Type === 'AWS::ApiGateway::Deployment',
    )?.[0];
  expect(deploymentOf('prod-cors-crowded')).not.toBe(deploymentOf('prod-cors'));
  expect(deploymentOf('prod')).toMatch(/^ApiGatewayDeployment[0-9a-f]{16}$/);
});

test('the API has the routes of the contexts, no more and no less, open or behind the authorizer as they say', () => {
  const declared = readContexts().flatMap(({ lambdas }) => lambdas.flatMap(routesOf));
  const isRest = ({ route }: { route: string }) => route.startsWith(ANY_METHOD.toUpperCase());
  const routes = routesIn(packagedTemplate('dev'));
  const deployed = routes
    .filter((one) => !isRest(one))
    .map(({ route, operation }) => ({ route, authorized: operation.security !== undefined }));
  const byRoute = (a: { route: string }, b: { route: string }) => a.route.localeCompare(b.route);
  expect(deployed.sort(byRoute)).toEqual(declared.sort(byRoute));
  // And each path has one method for all others.
  const paths = (all: readonly { route: string }[]) => [...new Set(all.map(({ route }) => route.split(' ')[1]))].sort();
  expect(paths(routes.filter(isRest))).toEqual(paths(declared));
});

test.each([
  [{ private: true }, 'private'],
  [{ cors: true }, 'cors'],
  [{ integration: 'HTTP_PROXY' }, 'the integration HTTP_PROXY'],
])('a route that asks for what the API cannot be given (%j) ends the packaging', (option, named) => {
  const http = { method: 'get', path: 'status', integration: 'AWS_PROXY', ...option };
  const service = { functions: { status: { name: 'status', events: [{ http }] } }, provider: { apiGateway: {} } };
  const settings = settingsOf({ policy: { corsOrigins: '', wafRate: '0', retentionYears: '10' } });
  expect(() => apiBody(service as unknown as Service, 'campus', settings)).toThrow(
    `get status: the API cannot be given ${named}`,
  );
});

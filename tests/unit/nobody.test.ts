import { expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { HttpHandler } from '../../platform/http/endpoint.ts';
import { readContexts, routesOf, sourceOf } from '../../project/contexts.ts';
import { load } from '../../tools/openapi/operations.ts';

// The authorizer lets a script of an allowed origin through as nobody, so that its 401 can be read: what makes that safe
// is that no function behind the authorizer does anything for nobody.
const behindAuthorizer = readContexts()
  .flatMap(({ lambdas }) => lambdas)
  .flatMap((lambda) =>
    routesOf(lambda)
      .filter(({ authorized }) => authorized)
      .map(({ route }) => [route, sourceOf(lambda)] as const),
  );

test.each(behindAuthorizer)('%s answers nobody with 401', async (route, file) => {
  const { handler } = (await load(file)) as { handler: HttpHandler };
  const [httpMethod, resource = ''] = route.split(' ');
  const names = [...resource.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, '1']);
  for (const authorizer of [{ principalId: 'nobody' }, { principalId: 'nobody', username: '', role: 'admin' }, null]) {
    const { statusCode, headers, body } = await handler({
      httpMethod,
      resource,
      path: resource,
      headers: {},
      pathParameters: Object.fromEntries(names),
      requestContext: { authorizer, identity: {} },
      body: null,
    } as unknown as APIGatewayProxyEvent);
    expect([statusCode, JSON.parse(body).code]).toEqual([401, 'unauthenticated']);
    expect(headers).toMatchObject({ 'WWW-Authenticate': 'Bearer' });
  }
});

test('the routes are found', () => {
  expect(behindAuthorizer.length).toBeGreaterThan(40);
});

import { isDeepStrictEqual } from 'node:util';
import { ANY_METHOD, bodyOf, type GatewayOperation, type SecurityScheme } from '../../deploy/template/api-body.ts';
import { ofType, type Template } from '../../project/template.ts';
import { type Breakable, breakableBody, type DeployedRoute, isStreamed, routesIn, targetOf } from './api-body.ts';
import type { Policy } from './policy.ts';

/** Routes that no token is asked for, by method and path. */
const PUBLIC = new Set([
  'POST /users',
  'POST /users/verify',
  'POST /auth/login',
  'POST /api/login',
  'POST /auth/verify',
  'POST /auth/refresh',
  'POST /auth/token',
  'GET /.well-known/jwks.json',
  'GET /',
  'GET /status',
  'GET /openapi.json',
  'GET /docs',
  'GET /docs/{asset}',
  'GET /problems/{code}',
  // Pages: without a session they lead to the sign-in, and their forms are refused.
  'POST /',
  'GET /register',
  'GET /home',
  'GET /buy/{id}',
  'POST /buy/{id}',
  'GET /purchases',
  'GET /logout',
  'POST /logout',
  'GET /portal/{proxy+}',
  'POST /portal/{proxy+}',
  'GET /portal/files/{proxy+}',
]);

/** A browser's question before it calls carries no token. */
const isPreflight = ({ route, operation }: DeployedRoute): boolean =>
  route.startsWith('OPTIONS ') && /^campus-\w+-preflight(?::live)?$/.test(targetOf(operation));

/** What takes the methods that a path does not have: the platform refuses nobody's calls there, and says which there are. */
const isRest = ({ route }: DeployedRoute): boolean => route.startsWith(ANY_METHOD.toUpperCase());

/** Whether a route is behind an authorizer that the API knows and that is asked for a verdict. */
function isGuarded(template: Template, { operation }: DeployedRoute): boolean {
  const { securitySchemes } = bodyOf(template).components;
  const names = (operation.security ?? []).flatMap(Object.keys);
  return names.length > 0 && names.every((name) => asks(securitySchemes[name], isReleased(template)));
}

/** Whether new versions get their traffic little by little: the authorizer's, without which nobody gets in, above all. */
const isReleased = (template: Template): boolean => ofType(template, 'AWS::CodeDeploy::Application').length > 0;

const asks = (scheme: SecurityScheme | undefined, released: boolean): boolean =>
  scheme?.['x-amazon-apigateway-authtype'] === 'custom' &&
  JSON.stringify(scheme['x-amazon-apigateway-authorizer']?.authorizerUri ?? '').includes(
    `-authorizer${released ? ':live' : ''}/invocations`,
  );

/** The routes for which a condition does not hold; one fault where there are no routes at all. */
const eachRoute = (holds: (one: DeployedRoute, template: Template) => unknown) => (template: Template) => {
  const routes = routesIn(template);
  if (routes.length === 0) return ['there are no routes'];
  return routes.filter((one) => !holds(one, template)).map(({ route }) => route);
};

/** Changes the first route for which the condition holds. */
const spoilRoute =
  (change: (operation: Breakable<GatewayOperation>) => void, where: (one: DeployedRoute) => unknown = () => true) =>
  (template: Template): void => {
    const one = routesIn(template).find(where);
    if (!one) throw new Error('there is no route to spoil');
    change(one.operation as Breakable<GatewayOperation>);
  };

/** Who may call what, and who answers. */
export const routePolicies: readonly Policy[] = [
  {
    promise: 'every route asks for a token, save those that are public',
    faults: eachRoute(
      (one, template) => PUBLIC.has(one.route) || isPreflight(one) || isRest(one) || isGuarded(template, one),
    ),
    breakIt: spoilRoute(
      (operation) => delete operation.security,
      ({ operation }) => operation.security,
    ),
  },
  {
    promise: 'who asks for a token is the authorizer',
    faults: eachRoute((one, template) => !one.operation.security || isGuarded(template, one)),
    breakIt: (template) => {
      for (const scheme of Object.values(breakableBody(template).components?.securitySchemes ?? {}))
        delete scheme?.['x-amazon-apigateway-authorizer']?.authorizerUri;
    },
  },
  {
    promise: 'a public route asks nobody, since who signs in has no token yet',
    faults: (template) => {
      const open = routesIn(template).filter(({ operation }) => !operation.security);
      return [...PUBLIC].filter((route) => !open.some((one) => one.route === route));
    },
    breakIt: spoilRoute(
      (operation) => {
        operation.security = [{ authorizer: [] }];
      },
      ({ route }) => route === 'POST /auth/login',
    ),
  },
  {
    promise: 'no verdict of the authorizer outlives the call it was made for',
    faults: (template) => {
      const schemes = Object.entries(bodyOf(template).components.securitySchemes);
      if (schemes.length === 0) return ['there is no authorizer'];
      return schemes
        .filter(([, scheme]) => scheme['x-amazon-apigateway-authorizer']?.authorizerResultTtlInSeconds !== 0)
        .map(([name]) => name);
    },
    breakIt: (template) => {
      for (const scheme of Object.values(breakableBody(template).components?.securitySchemes ?? {}))
        Object.assign(scheme?.['x-amazon-apigateway-authorizer'] ?? {}, { authorizerResultTtlInSeconds: 300 });
    },
  },
  {
    promise: 'every route declares the variables of its path',
    faults: eachRoute(({ route, operation }) => {
      const named = [...route.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name]) => ({ name, in: 'path', required: true }));
      return isDeepStrictEqual(
        operation.parameters,
        named.map((one) => ({ ...one, schema: { type: 'string' } })),
      );
    }),
    breakIt: spoilRoute(
      (operation) => {
        operation.parameters = [];
      },
      ({ operation }) => operation.parameters.length > 0,
    ),
  },
  {
    promise: 'every function gets the whole request, by the only method that Lambda takes',
    faults: eachRoute(({ operation: { 'x-amazon-apigateway-integration': integration } }) => {
      return integration.type === 'aws_proxy' && integration.httpMethod === 'POST';
    }),
    breakIt: spoilRoute((operation) => delete operation['x-amazon-apigateway-integration']?.httpMethod),
  },
  {
    promise: 'what a function sends while it makes it is handed on at once, for as long as the function may take',
    faults: (template) => {
      const seconds = new Map(
        ofType(template, 'AWS::Lambda::Function').map(([, { Properties }]) => [
          Properties.FunctionName,
          Properties.Timeout,
        ]),
      );
      const streamed = routesIn(template).filter(({ operation }) => isStreamed(operation));
      if (!streamed.some(({ route }) => route === 'GET /students/export')) return ['GET /students/export'];
      return eachRoute(({ operation }) => {
        const { uri, timeoutInMillis } = operation['x-amazon-apigateway-integration'];
        const called = uri['Fn::Sub'];
        const isSent = called.includes(':path/2021-11-15/') && called.endsWith('/response-streaming-invocations');
        if (!isStreamed(operation)) return !isSent && timeoutInMillis === undefined;
        return isSent && timeoutInMillis === 1000 * seconds.get(targetOf(operation).replace(/:.*/, ''));
      })(template);
    },
    breakIt: spoilRoute(
      (operation) => {
        const uri = operation['x-amazon-apigateway-integration']?.uri ?? {};
        uri['Fn::Sub'] = uri['Fn::Sub']?.replace('response-streaming-', '') ?? '';
      },
      ({ operation }) => isStreamed(operation),
    ),
  },
  {
    promise: 'every route is handed to a function of this stack, by its alias where it has one',
    faults: (template) => {
      const names = new Map(
        ofType(template, 'AWS::Lambda::Function').map(([id, { Properties }]) => [id, String(Properties.FunctionName)]),
      );
      const released = ofType(template, 'AWS::Lambda::Alias').map(
        ([, { Properties }]) => names.get(Properties.FunctionName.Ref) ?? '',
      );
      const targets = new Set([...names.values()].map((name) => (released.includes(name) ? `${name}:live` : name)));
      return eachRoute(({ operation }) => targets.has(targetOf(operation)))(template);
    },
    breakIt: spoilRoute((operation) => {
      const uri = operation['x-amazon-apigateway-integration']?.uri ?? {};
      uri['Fn::Sub'] = uri['Fn::Sub']?.replace('/invocations', ':old/invocations') ?? '';
    }),
  },
];

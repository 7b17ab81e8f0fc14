import type { Template } from '../../deploy/serverless.ts';
import { ofType } from '../../deploy/template/resources.ts';
import { drop, each, type Policy, spoil } from './policy.ts';

const RESPONSE = 'AWS::ApiGateway::GatewayResponse';
const DEPLOYMENT = 'AWS::ApiGateway::Deployment';
const METHOD = 'AWS::ApiGateway::Method';

/** What the gateway answers itself, and with which status. */
const OWN_ANSWERS: Readonly<Record<string, string>> = {
  UNAUTHORIZED: '401',
  ACCESS_DENIED: '403',
  MISSING_AUTHENTICATION_TOKEN: '404',
  REQUEST_TOO_LARGE: '413',
  THROTTLED: '429',
  INTEGRATION_TIMEOUT: '503',
  DEFAULT_4XX: '404',
  DEFAULT_5XX: '500',
};

const header = (properties: { ResponseParameters?: Record<string, string> }, name: string): string =>
  properties.ResponseParameters?.[`gatewayresponse.header.${name}`] ?? '';

const answerOf = (template: Template, type: string) =>
  ofType(template, RESPONSE).find(([, { Properties }]) => Properties.ResponseType === type)?.[1].Properties;

/** Routes that no token is asked for, by method and path. */
const PUBLIC = new Set([
  'POST /users',
  'POST /users/verify',
  'POST /auth/login',
  'POST /api/login',
  'POST /auth/verify',
  'POST /auth/refresh',
  'GET /.well-known/jwks.json',
  'GET /status',
  'GET /openapi.json',
  'GET /docs',
  'GET /docs/{asset}',
]);

/** The path of a method's resource. */
function pathOf(template: Template, resource: { Ref?: string } | undefined): string {
  const properties = template.Resources[resource?.Ref ?? '']?.Properties;
  if (!properties?.PathPart) return '';
  return `${pathOf(template, properties.ParentId)}/${properties.PathPart}`;
}

/** The API's edge. */
export const gatewayPolicies: readonly Policy[] = [
  {
    promise: 'what the gateway refuses itself has its own status and is problem+json',
    faults: (template) =>
      Object.entries(OWN_ANSWERS)
        .filter(([type, status]) => {
          const answer = answerOf(template, type);
          const body = JSON.parse(answer?.ResponseTemplates?.['application/json'] ?? '{}');
          const isProblem = header(answer ?? {}, 'Content-Type').startsWith("'application/problem+json");
          return answer?.StatusCode !== status || !isProblem || String(body.status) !== status || !body.code;
        })
        .map(([type]) => type),
    breakIt: drop(RESPONSE),
  },
  {
    promise: 'a refusal for want of a token says how to authenticate, and one for haste when to come back',
    faults: (template) => [
      ...(header(answerOf(template, 'UNAUTHORIZED') ?? {}, 'WWW-Authenticate') === "'Bearer'" ? [] : ['UNAUTHORIZED']),
      ...(/^'\d+'$/.test(header(answerOf(template, 'THROTTLED') ?? {}, 'Retry-After')) ? [] : ['THROTTLED']),
    ],
    breakIt: spoil(
      RESPONSE,
      ({ Properties }) => {
        Properties.ResponseParameters = {};
      },
      ([, { Properties }]) => Properties.ResponseType === 'UNAUTHORIZED',
    ),
  },
  {
    promise: 'a deployment contains the answers of the gateway',
    faults: each(DEPLOYMENT, ({ DependsOn }, template) =>
      ofType(template, RESPONSE).every(([id]) => [DependsOn ?? []].flat().includes(id)),
    ),
    breakIt: spoil(DEPLOYMENT, (deployment) => {
      deployment.DependsOn = [];
    }),
  },
  {
    promise: 'the API is throttled and traced',
    faults: each(DEPLOYMENT, ({ Properties: { StageDescription: stage } }) => {
      const [all] = stage?.MethodSettings ?? [];
      const isLimited = Number.isInteger(all?.ThrottlingRateLimit) && Number.isInteger(all?.ThrottlingBurstLimit);
      return stage?.TracingEnabled && isLimited && all.HttpMethod === '*' && all.ResourcePath === '/*';
    }),
    breakIt: spoil(DEPLOYMENT, ({ Properties }) => delete Properties.StageDescription),
  },
  {
    promise: 'uploads arrive as they were sent',
    faults: each('AWS::ApiGateway::RestApi', ({ Properties }) =>
      ['multipart/form-data', 'application/octet-stream'].every((type) => Properties.BinaryMediaTypes?.includes(type)),
    ),
    breakIt: spoil('AWS::ApiGateway::RestApi', ({ Properties }) => delete Properties.BinaryMediaTypes),
  },
  {
    promise: 'every route asks for a token, save those that are public',
    faults: (template) =>
      ofType(template, METHOD)
        .map(([, { Properties }]) => ({
          route: `${Properties.HttpMethod} ${pathOf(template, Properties.ResourceId)}`,
          open: Properties.AuthorizationType === 'NONE',
        }))
        .filter(({ route, open }) => open && !PUBLIC.has(route) && !route.startsWith('OPTIONS '))
        .map(({ route }) => route),
    breakIt: spoil(
      METHOD,
      ({ Properties }) => {
        Properties.AuthorizationType = 'NONE';
      },
      ([, { Properties }]) => Properties.AuthorizationType === 'CUSTOM',
    ),
  },
  {
    promise: 'no verdict of the authorizer outlives the call it was made for',
    faults: each('AWS::ApiGateway::Authorizer', ({ Properties }) => Properties.AuthorizerResultTtlInSeconds === 0),
    breakIt: spoil('AWS::ApiGateway::Authorizer', ({ Properties }) => {
      Properties.AuthorizerResultTtlInSeconds = 300;
    }),
  },
];

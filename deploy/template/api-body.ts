import type { HttpAuthorizer, HttpEvent, Service, ServiceFunction } from '../../project/serverless.ts';
import { ofType, placeholder, type Template } from '../../project/template.ts';
import { type GatewayAnswer, gatewayAnswers } from './gateway-answers.ts';
import type { Settings } from './settings.ts';

const FUNCTIONS = `arn:${placeholder('AWS::Partition')}:lambda:${placeholder('AWS::Region')}:${placeholder('AWS::AccountId')}:function`;
const INVOKE = `arn:${placeholder('AWS::Partition')}:apigateway:${placeholder('AWS::Region')}:lambda:path`;

/** How the gateway calls a function: for its whole answer, or for one that it hands on while it is made. */
const WHOLE = { version: '2015-03-31', action: 'invocations' };
const STREAMED = { version: '2021-11-15', action: 'response-streaming-invocations' };

/** One method of one path, as API Gateway reads it. */
export interface GatewayOperation {
  readonly parameters: readonly object[];
  /** The authorizer that is asked first; a route without it is public. */
  readonly security?: readonly Readonly<Record<string, readonly []>>[];
  readonly responses: object;
  readonly 'x-amazon-apigateway-integration': {
    readonly type: 'aws_proxy';
    readonly httpMethod: 'POST';
    readonly uri: Substituted;
    /** Where the answer is handed on while the function makes it, and for how long, in milliseconds. */
    readonly responseTransferMode?: 'STREAM';
    readonly timeoutInMillis?: number;
  };
}

interface Substituted {
  readonly 'Fn::Sub': string;
}

/** How API Gateway asks for a verdict before it serves a route. */
export interface SecurityScheme {
  readonly type: 'apiKey';
  readonly name: string;
  readonly in: 'header';
  readonly 'x-amazon-apigateway-authtype': 'custom';
  readonly 'x-amazon-apigateway-authorizer': {
    readonly type: 'request';
    readonly identitySource: string;
    readonly authorizerUri: Substituted;
    readonly authorizerResultTtlInSeconds: number;
  };
}

/** A REST API in the dialect of OpenAPI 3.0 that API Gateway imports. */
export interface ApiBody {
  readonly openapi: '3.0.1';
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, GatewayOperation>>>>;
  readonly components: { readonly securitySchemes: Readonly<Record<string, SecurityScheme>> };
  readonly 'x-amazon-apigateway-gateway-responses': Readonly<Record<string, GatewayAnswer>>;
  readonly 'x-amazon-apigateway-binary-media-types': readonly string[];
}

interface Served {
  readonly http: HttpEvent;
  readonly lambda: ServiceFunction;
}

/** All routes of a service with their authorizers, what the gateway answers by itself, and which bodies are binary. */
export function apiBody({ functions, provider }: Service, name: string, settings: Settings): ApiBody {
  const routes = Object.values(functions).flatMap((lambda) =>
    (lambda.events ?? []).flatMap(({ http }): Served[] => (http ? [{ http: understood(http), lambda }] : [])),
  );
  return {
    openapi: '3.0.1',
    info: { title: name, version: '1' },
    paths: Object.fromEntries(
      [...Map.groupBy(routes, ({ http }) => pathOf(http))].map(([path, served]) => [path, methods(path, served)]),
    ),
    components: { securitySchemes: securitySchemes(routes, functions) },
    'x-amazon-apigateway-gateway-responses': gatewayAnswers(settings),
    'x-amazon-apigateway-binary-media-types': provider.apiGateway.binaryMediaTypes,
  };
}

/** What the body has no words for must not get lost on the way: `private`, `cors`, `request` and the like. */
function understood(http: HttpEvent): HttpEvent {
  const { method, path, authorizer, integration, response: _, ...others } = http;
  const unknown = Object.keys(others);
  if (integration !== 'AWS_PROXY') unknown.push(`the integration ${integration}`);
  if (unknown.length > 0) throw new Error(`${method} ${path}: the API cannot be given ${unknown.join(', ')}`);
  return http;
}

/** osls has taken the slashes off by now. */
const pathOf = ({ path }: HttpEvent): string => `/${path.replace(/^\//, '')}`;

/** What API Gateway calls the method of all requests that no other method of their path takes. */
export const ANY_METHOD = 'x-amazon-apigateway-any-method';

/**
 * The methods of a path. One that it does not have goes to the first of its functions, without a verdict about who asks:
 * the function says which there are (405), and answers a HEAD of what is public.
 */
const methods = (path: string, served: readonly Served[]) => ({
  ...Object.fromEntries(served.map((one) => [one.http.method.toLowerCase(), operation(path, one)])),
  ...Object.fromEntries(served.slice(0, 1).map((one) => [ANY_METHOD, unguarded(operation(path, one))])),
});

function unguarded({ security: _, ...open }: GatewayOperation): GatewayOperation {
  return open;
}

const operation = (path: string, { http: { authorizer, response }, lambda }: Served): GatewayOperation => ({
  parameters: [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  })),
  ...(authorizer && { security: [{ [authorizer.name]: [] }] }),
  responses: {},
  'x-amazon-apigateway-integration': {
    type: 'aws_proxy',
    httpMethod: 'POST',
    ...(response?.transferMode === 'STREAM' ? streaming(lambda) : { uri: invocationUri(lambda) }),
  },
});

/** The gateway waits as long as the function may run, where its 29 seconds are for answers that come whole. */
const streaming = (lambda: ServiceFunction) => ({
  uri: invocationUri(lambda, STREAMED),
  responseTransferMode: 'STREAM' as const,
  timeoutInMillis: 1000 * (lambda.timeout ?? 29),
});

/** By its name: the function asks for the address of the API, so the API cannot ask for the function. */
const invocationUri = ({ name, targetAlias }: ServiceFunction, { version, action } = WHOLE) => ({
  'Fn::Sub': `${INVOKE}/${version}/functions/${FUNCTIONS}:${[name, ...(targetAlias ? [targetAlias.name] : [])].join(':')}/${action}`,
});

function securitySchemes(
  routes: readonly Served[],
  functions: Service['functions'],
): Readonly<Record<string, SecurityScheme>> {
  const authorizers = routes.flatMap(({ http }) => http.authorizer ?? []);
  return Object.fromEntries(authorizers.map((one) => [one.name, securityScheme(one, functions[one.name])]));
}

function securityScheme(
  { name, identitySource, resultTtlInSeconds }: HttpAuthorizer,
  lambda?: ServiceFunction,
): SecurityScheme {
  if (!lambda) throw new Error(`There is no function ${name} to authorize requests`);
  return {
    type: 'apiKey',
    name: identitySource.replace('method.request.header.', ''),
    in: 'header',
    'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': {
      type: 'request',
      identitySource,
      authorizerUri: invocationUri(lambda),
      authorizerResultTtlInSeconds: resultTtlInSeconds,
    },
  };
}

/** The REST API of a template, as it is handed to API Gateway. @throws when there is none */
export function bodyOf(template: Template): ApiBody {
  const [api] = ofType(template, 'AWS::ApiGateway::RestApi');
  const body = api?.[1].Properties.Body as ApiBody | undefined;
  if (!body) throw new Error('the template has no API with a body');
  return body;
}

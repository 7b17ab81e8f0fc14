import { problemAnswer } from '../../platform/http/middleware/problem-answer.ts';
import type { Problem } from '../../platform/http/problem.ts';
import { problem } from '../../platform/http/problems.ts';
import type { Resource, Template } from '../serverless.ts';
import { add, ofType } from './resources.ts';
import type { Settings } from './settings.ts';

/** What the gateway answers itself, by its own name for the occasion. */
const ANSWERS: Readonly<Record<string, () => Problem>> = {
  UNAUTHORIZED: problem.unauthenticated,
  ACCESS_DENIED: problem.forbidden,
  // The gateway's word for a route that does not exist.
  MISSING_AUTHENTICATION_TOKEN: problem.not_found,
  RESOURCE_NOT_FOUND: problem.not_found,
  REQUEST_TOO_LARGE: problem.payload_too_large,
  UNSUPPORTED_MEDIA_TYPE: problem.unsupported_media_type,
  THROTTLED: problem.too_many_requests,
  QUOTA_EXCEEDED: problem.too_many_requests,
  WAF_FILTERED: problem.forbidden,
  INTEGRATION_FAILURE: problem.busy,
  INTEGRATION_TIMEOUT: problem.busy,
  // What is left is a route that does not exist, called with a token that the gateway takes for a bad AWS signature.
  DEFAULT_4XX: problem.not_found,
  DEFAULT_5XX: problem.internal_error,
};

/** Shapes what the gateway itself refuses like every other problem, and sets its limits and its tracing. */
export function configureGateway(template: Template, settings: Settings): void {
  const responses = Object.fromEntries(
    Object.entries(ANSWERS).map(([type, refusal]) => [logicalId(type), gatewayResponse(type, refusal(), settings)]),
  );
  add(template, responses);
  for (const [, deployment] of ofType(template, 'AWS::ApiGateway::Deployment')) {
    // A deployment is a snapshot: what is made after it is not part of it.
    deployment.DependsOn = [...[deployment.DependsOn ?? []].flat(), ...Object.keys(responses)];
    deployment.Properties.StageDescription = stageDescription(settings);
  }
}

const logicalId = (type: string): string =>
  `GatewayResponse${type.toLowerCase().replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())}`;

function gatewayResponse(type: string, refusal: Problem, { corsOrigins }: Settings): Resource {
  const { statusCode, headers = {}, body } = problemAnswer(refusal, 'fr', '$context.requestId');
  const constants = {
    ...headers,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
    // A constant cannot choose among several origins.
    ...(corsOrigins.length === 1 && { 'Access-Control-Allow-Origin': corsOrigins[0], Vary: 'Origin' }),
  };
  return {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: {
      RestApiId: { Ref: 'ApiGatewayRestApi' },
      ResponseType: type,
      StatusCode: String(statusCode),
      ResponseParameters: {
        'gatewayresponse.header.X-Request-Id': 'context.requestId',
        ...Object.fromEntries(
          Object.entries(constants).map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`]),
        ),
      },
      ResponseTemplates: { 'application/json': body },
    },
  };
}

function stageDescription({ throttle }: Settings): object {
  const limits = { ThrottlingRateLimit: throttle.rate, ThrottlingBurstLimit: throttle.burst };
  return {
    TracingEnabled: true,
    ...limits,
    MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ...limits }],
  };
}

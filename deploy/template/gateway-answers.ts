import type { Problem } from '../../platform/base/problem.ts';
import { problem } from '../../platform/base/problems.ts';
import { grantTo } from '../../platform/http/cors.ts';
import { problemAnswer } from '../../platform/http/middleware/problem-answer.ts';
import type { Settings } from './settings.ts';

type Concerned = Pick<Settings, 'stage' | 'corsOrigins' | 'domain'>;

/** An answer that the gateway gives without asking a function. */
export interface GatewayAnswer {
  readonly statusCode: string;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

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
  // The authorizer could not tell, as when the database does not answer: no reason to throw a session away.
  AUTHORIZER_FAILURE: problem.busy,
  AUTHORIZER_CONFIGURATION_ERROR: problem.busy,
  INTEGRATION_FAILURE: problem.busy,
  INTEGRATION_TIMEOUT: problem.busy,
  // What is left is a route that does not exist, called with a token that the gateway takes for a bad AWS signature.
  DEFAULT_4XX: problem.not_found,
  DEFAULT_5XX: problem.internal_error,
};

/** Shapes what the gateway itself refuses like every other problem, by its name for the occasion. */
export const gatewayAnswers = (settings: Concerned): Readonly<Record<string, GatewayAnswer>> =>
  Object.fromEntries(Object.entries(ANSWERS).map(([occasion, refusal]) => [occasion, answer(refusal(), settings)]));

/** A constant cannot know under which address it was asked for: with a domain, it is right under both in full. */
const baseOf = ({ domain, stage }: Concerned): string => (domain ? `https://${domain}` : `/${stage}`);

function answer(refusal: Problem, settings: Concerned): GatewayAnswer {
  const { corsOrigins } = settings;
  const [only, ...others] = corsOrigins;
  const { statusCode, headers = {}, body } = problemAnswer(refusal, 'fr', '$context.requestId', baseOf(settings));
  const constants = {
    ...headers,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
    // A constant cannot choose among several origins: the authorizer lets those be answered by the functions.
    ...(corsOrigins.length > 0 && { Vary: 'Origin' }),
    ...(only !== undefined && others.length === 0 && grantTo(only)),
  };
  return {
    statusCode: String(statusCode),
    responseParameters: {
      'gatewayresponse.header.X-Request-Id': 'context.requestId',
      ...Object.fromEntries(
        Object.entries(constants).map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`]),
      ),
    },
    responseTemplates: { 'application/json': body },
  };
}

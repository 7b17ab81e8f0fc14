import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { log } from '../../platform/base/log.ts';
import { Problem } from '../../platform/base/problem.ts';
import { mayCall } from '../../platform/http/cors.ts';
import { header } from '../../platform/http/headers.ts';
import { identify } from './identity.ts';

const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;

/**
 * What API Gateway answers 401 to. Any other error is its AUTHORIZER_FAILURE, worded as 503 with `Retry-After`: a client
 * must not throw its session away because the database does not answer.
 */
const unauthorized = (): Error => new Error('Unauthorized');

function bearerToken(event: APIGatewayRequestAuthorizerEvent): string | undefined {
  const token = BEARER.exec(header({ headers: event.headers ?? {} }, 'authorization') ?? '')?.[1];
  return token && token.length <= 4096 ? token : undefined;
}

/** Lets a request through, and tells the handlers who calls. */
const letThrough = (
  { methodArn }: APIGatewayRequestAuthorizerEvent,
  principalId: string,
  context: APIGatewayAuthorizerResult['context'],
): APIGatewayAuthorizerResult => ({
  principalId,
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: methodArn }],
  },
  context,
});

/**
 * Refuses a request. The gateway's own 401 cannot choose among several origins, so that a script could not read it: one
 * that may call is let through as nobody, whom every operation behind the authorizer answers 401 itself.
 */
function refuse(event: APIGatewayRequestAuthorizerEvent): APIGatewayAuthorizerResult {
  if (mayCall(header({ headers: event.headers ?? {} }, 'origin'))) return letThrough(event, 'nobody', {});
  throw unauthorized();
}

/**
 * The Lambda authorizer in front of the API: lets a request through when its bearer token verifies and its session is
 * open, and tells the handlers who calls.
 */
export async function handler(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const token = bearerToken(event);
  if (!token) return refuse(event);
  try {
    const { username, role, sessionId } = await identify(token);
    return letThrough(event, username, { username, role, session_id: sessionId });
  } catch (error) {
    if (!(error instanceof Problem)) log.error('authorizer failed', { error });
    if (!(error instanceof Problem) || error.kind.status !== 401) throw error;
    return refuse(event);
  }
}

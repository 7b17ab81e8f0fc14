import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { header } from '../../platform/http/context.ts';
import { Problem } from '../../platform/http/problem.ts';
import { log } from '../../platform/log.ts';
import { identify } from './identity.ts';

const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** What API Gateway answers 401 to; any other error would be a 500. */
const unauthorized = (): Error => new Error('Unauthorized');

function bearerToken(event: APIGatewayRequestAuthorizerEvent): string {
  const token = BEARER.exec(header({ headers: event.headers ?? {} }, 'authorization') ?? '')?.[1];
  if (!token || token.length > 4096) throw unauthorized();
  return token;
}

/**
 * The Lambda authorizer in front of the API: lets a request through when its bearer token verifies and its session is
 * open, and tells the handlers who calls.
 */
export async function handler(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const token = bearerToken(event);
  try {
    const { username, role, sessionId } = await identify(token);
    return {
      principalId: username,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: event.methodArn }],
      },
      context: { username, role, session_id: sessionId },
    };
  } catch (error) {
    if (!(error instanceof Problem)) log.error('authorizer failed', { error });
    if (!(error instanceof Problem) || error.kind.status !== 401) throw error;
    throw unauthorized();
  }
}

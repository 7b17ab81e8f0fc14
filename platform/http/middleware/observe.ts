import type { MiddlewareObj, Request } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { clock } from '../../base/clock.ts';
import { log } from '../../base/log.ts';
import { currentScope } from '../../base/scope.ts';

/** One line for each request. Paths are logged as their template: a path may hold a name. */
export function observed(): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  const report = ({ event, response }: Request<APIGatewayProxyEvent, APIGatewayProxyResult>): void => {
    const now = clock.now();
    const { startedAt = now } = currentScope() ?? {};
    log.info('request', {
      duration: now - startedAt,
      route: `${event.httpMethod} ${event.resource}`,
      status: response?.statusCode ?? 500,
      caller: event.requestContext.authorizer?.username,
    });
  };
  return { after: report, onError: report };
}

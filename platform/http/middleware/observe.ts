import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { clock } from '../../clock.ts';
import { measure } from '../../metrics.ts';
import type { Exchange, HttpEvent } from '../context.ts';

const started = new WeakMap<object, number>();

/** One line for each request, log and metric at once. Paths are logged as their template: a path may hold a name. */
export function observe(): MiddlewareObj<HttpEvent, APIGatewayProxyResult> {
  const report = ({ event, response }: Exchange): void => {
    const status = response?.statusCode ?? 500;
    measure(
      'request',
      {
        duration: [clock.now() - (started.get(event) ?? clock.now()), 'Milliseconds'],
        server_errors: [status >= 500 ? 1 : 0, 'Count'],
      },
      { route: `${event.httpMethod} ${event.resource}` },
      { status, caller: event.requestContext.authorizer?.username },
    );
  };
  return {
    before: ({ event }) => {
      started.set(event, clock.now());
    },
    after: report,
    onError: report,
  };
}

import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { type HttpEvent, header } from '../context.ts';
import type { Operation } from '../operation.ts';
import { problem } from '../problems.ts';

/** The header by which the local emulator lets a client replace the identity that the authorizer vouched for. */
const IDENTITY_OVERRIDE = 'sls-offline-authorizer-override';

/** Finds the operation of the request by the route that the gateway matched. */
export function routing(operations: readonly Operation[]): MiddlewareObj<HttpEvent, APIGatewayProxyResult> {
  const byRoute = new Map<string, Operation>(
    operations.flatMap((one) => [one.route, ...one.aliases].map((route) => [route, one] as const)),
  );
  return {
    before: ({ event }) => {
      if (header(event, IDENTITY_OVERRIDE) !== undefined) throw problem.reserved_header();
      const found = byRoute.get(`${event.httpMethod} ${event.resource}`);
      if (!found) throw problem.not_found();
      event.operation = found;
    },
  };
}

import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { clock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import { preferredLanguage } from '../base/language.ts';
import { within } from '../base/scope.ts';
import { streams } from './answer.ts';
import { header } from './headers.ts';
import { publicPath } from './links.ts';
import { observed } from './middleware/observe.ts';
import { problemAnswers } from './middleware/problem-answer.ts';
import { standardHeaders } from './middleware/standard-headers.ts';
import { redirected } from './one-address.ts';
import type { Operation } from './operation.ts';
import { perform } from './perform.ts';
import { noRoute, wrongMethod } from './refusals.ts';
import type { Leaving } from './stream.ts';

const SANE_REQUEST_ID = /^[\w.-]{1,128}$/;

/** A Lambda handler behind API Gateway's REST API (payload 1.0). */
export type HttpHandler = ((event: APIGatewayProxyEvent, context?: Context) => Promise<APIGatewayProxyResult>) & {
  readonly operations: readonly Operation[];
};

/** The id under which a request is logged: the one it came with, where that is sane. */
export function requestIdOf(event: APIGatewayProxyEvent): string {
  const sent = header(event, 'x-request-id');
  return sent && SANE_REQUEST_ID.test(sent) ? sent : (event.requestContext?.requestId ?? newId());
}

/** The method whose operation answers: HEAD is GET without the body (RFC 9110, 9.3.2). */
const methodOf = ({ httpMethod }: APIGatewayProxyEvent): string => (httpMethod === 'HEAD' ? 'GET' : httpMethod);

/**
 * Finds the operation of a request by the route that the gateway matched.
 * @throws method_not_allowed where the route has other methods here, not_found where it has none
 */
function router(operations: readonly Operation[]): (event: APIGatewayProxyEvent) => Operation {
  const byRoute = new Map<string, Operation>(
    operations.flatMap((one) => [one.route, ...one.aliases].map((route) => [route, one] as const)),
  );
  return (event) => {
    const { httpMethod, resource } = event;
    const found = byRoute.get(`${methodOf(event)} ${resource}`);
    if (found) return found;
    const others = [...byRoute.keys()].map((route) => route.split(' ')).filter(([, path]) => path === resource);
    if (others.length === 0) throw noRoute(httpMethod, publicPath(event));
    throw wrongMethod(
      httpMethod,
      others.map(([method = '']) => method),
    );
  };
}

/** HEAD is answered without a body, so nobody is to make one. */
export async function withoutBodyForHead({ httpMethod }: APIGatewayProxyEvent, answer: Leaving): Promise<Leaving> {
  if (httpMethod !== 'HEAD') return answer;
  const { stream, ...head } = answer;
  await stream?.return();
  return { ...head, body: '', isBase64Encoded: false };
}

/**
 * Serves these operations: the whole middleware stack, built once. The three middlewares act on the way out alone, from
 * the last to the first: an error becomes an answer, every answer gets its headers, and the log tells of what leaves.
 */
export function serving(
  operations: readonly Operation[],
): (event: APIGatewayProxyEvent, context?: Context) => Promise<Leaving> {
  const operationOf = router(operations);
  const stack = middy<APIGatewayProxyEvent, Leaving>()
    .use([observed(), standardHeaders(), problemAnswers()])
    .handler(async (event) => {
      const operation = operationOf(event);
      return redirected(event, operation) ?? perform(event, operation);
    });

  const service = process.env.CAMPUS_CONTEXT;
  return async (event, context) => {
    const language = preferredLanguage(header(event, 'accept-language'));
    const scope = { requestId: requestIdOf(event), language, service, startedAt: clock.now() };
    return withoutBodyForHead(event, await within(scope, () => stack(event, context ?? ({} as Context))));
  };
}

/** The Lambda that serves these operations. @throws Error where one answers by a stream: `streamingEndpoint` serves it */
export function endpoint(...operations: Operation[]): HttpHandler {
  const streaming = operations.find(({ answers }) => streams(answers));
  if (streaming) throw new Error(`${streaming.route} answers by a stream: it takes a streamingEndpoint`);
  return Object.assign(serving(operations), { operations });
}

import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { newId } from '../ids.ts';
import { within } from '../scope.ts';
import { type HttpEvent, header } from './context.ts';
import { preferredLanguage } from './language.ts';
import { cors } from './middleware/cors.ts';
import { standardHeaders } from './middleware/headers.ts';
import { jsonBody } from './middleware/json-body.ts';
import { observe } from './middleware/observe.ts';
import { problemAnswers } from './middleware/problem-answer.ts';
import { routing } from './middleware/routing.ts';
import type { Operation } from './operation.ts';
import { perform } from './perform.ts';

const SANE_REQUEST_ID = /^[\w.-]{1,128}$/;

/** A Lambda handler behind API Gateway's REST API (payload 1.0). */
export type HttpHandler = ((event: APIGatewayProxyEvent, context?: Context) => Promise<APIGatewayProxyResult>) & {
  readonly operations: readonly Operation[];
};

function requestIdOf(event: APIGatewayProxyEvent): string {
  const sent = header(event, 'x-request-id');
  return sent && SANE_REQUEST_ID.test(sent) ? sent : (event.requestContext?.requestId ?? newId());
}

/** The Lambda that serves these operations: the whole middleware stack, built once. */
export function endpoint(...operations: Operation[]): HttpHandler {
  const stack = middy<HttpEvent, APIGatewayProxyResult>()
    .use(observe())
    .use(standardHeaders())
    .use(cors())
    .use(problemAnswers())
    .use(routing(operations))
    .use(jsonBody())
    .handler(perform);

  const service = process.env.CAMPUS_CONTEXT;
  const handler = (event: APIGatewayProxyEvent, context?: Context): Promise<APIGatewayProxyResult> => {
    const language = preferredLanguage(header(event, 'accept-language'));
    const requestId = requestIdOf(event);
    const known = Object.assign(event, { language, requestId }) as HttpEvent;
    return within({ requestId, language, service }, () => stack(known, context ?? ({} as Context)));
  };
  return Object.assign(handler, { operations });
}

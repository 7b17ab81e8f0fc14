import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { isOverload } from '../../data/conflicts.ts';
import { log } from '../../log.ts';
import type { HttpEvent } from '../context.ts';
import type { Language } from '../language.ts';
import { Problem } from '../problem.ts';
import { problem } from '../problems.ts';

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return isOverload(error) ? problem.busy({ cause: error }) : problem.internal_error({ cause: error });
}

/** A problem as its answer (RFC 9457). */
export function problemAnswer(refusal: Problem, language: Language, requestId: string): APIGatewayProxyResult {
  const { code, kind, errors, retryAfter } = refusal;
  return {
    statusCode: kind.status,
    headers: {
      'Content-Type': 'application/problem+json; charset=utf-8',
      'Content-Language': language,
      ...(kind.status === 401 && { 'WWW-Authenticate': 'Bearer' }),
      ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
    },
    body: JSON.stringify({
      type: `urn:campus:problem:${code}`,
      title: kind.title[language],
      status: kind.status,
      detail: (kind.detail ?? kind.title)[language],
      code,
      request_id: requestId,
      errors,
    }),
  };
}

/** Turns whatever was thrown into problem+json: expected refusals as they say, anything else as a bare 500 and a log. */
export function problemAnswers(): MiddlewareObj<HttpEvent, APIGatewayProxyResult> {
  return {
    onError: (request) => {
      const refusal = asProblem(request.error);
      if (refusal.kind.status >= 500) {
        const cause = refusal.cause instanceof Error ? refusal.cause : refusal;
        log.error('request failed', { error: cause, code: refusal.code });
      }
      request.response = problemAnswer(refusal, request.event.language, request.event.requestId);
    },
  };
}

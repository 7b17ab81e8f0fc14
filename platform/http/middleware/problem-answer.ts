import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Language } from '../../base/language.ts';
import { log } from '../../base/log.ts';
import { Problem } from '../../base/problem.ts';
import { problem } from '../../base/problems.ts';
import { currentScope } from '../../base/scope.ts';
import { isOverload } from '../../data/conflicts.ts';
import { basePath } from '../links.ts';

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return isOverload(error) ? problem.busy({ cause: error }) : problem.internal_error({ cause: error });
}

/**
 * A problem as its answer (RFC 9457).
 * @param base what stands before every path of the API: the stage, where the address has one
 */
export function problemAnswer(
  refusal: Problem,
  language: Language,
  requestId: string,
  base = '',
): APIGatewayProxyResult {
  const { code, kind, detail, headers, errors, moreErrors, retryAfter } = refusal;
  return {
    statusCode: kind.status,
    headers: {
      'Content-Type': 'application/problem+json; charset=utf-8',
      'Content-Language': language,
      ...(kind.status === 401 && { 'WWW-Authenticate': 'Bearer' }),
      ...headers,
      ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
    },
    body: JSON.stringify({
      type: `${base}/problems/${code}`,
      title: kind.title[language],
      status: kind.status,
      detail: detail[language],
      code,
      request_id: requestId,
      errors,
      more_errors: moreErrors,
    }),
  };
}

/** Turns whatever was thrown into problem+json: expected refusals as they say, anything else as a bare 500 and a log. */
export function problemAnswers(): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return {
    onError: (request) => {
      const refusal = asProblem(request.error);
      if (refusal.kind.status >= 500) {
        const cause = refusal.cause instanceof Error ? refusal.cause : refusal;
        log.error('request failed', { error: cause, code: refusal.code });
      }
      const { language = 'fr', requestId = '' } = currentScope() ?? {};
      request.response = problemAnswer(refusal, language, requestId, basePath(request.event));
    },
  };
}

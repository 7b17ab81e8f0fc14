import { header } from '../platform/http/context.ts';
import { preferredLanguage } from '../platform/http/language.ts';
import { problemAnswer } from '../platform/http/middleware/problem-answer.ts';
import type { ProblemFactory } from '../platform/http/problem.ts';
import { problem } from '../platform/http/problems.ts';
import { newId } from '../platform/ids.ts';
import { beforeAnswers, type Exchange, type Reply } from './before-answers.ts';

const BY_STATUS: Readonly<Record<number, ProblemFactory>> = {
  400: problem.malformed_json,
  401: problem.unauthenticated,
  403: problem.forbidden,
  404: problem.not_found,
  413: problem.payload_too_large,
  415: problem.unsupported_media_type,
};

/** The status of an answer that the emulator gave by itself; undefined where a Lambda answered. */
function ownStatus({ output, source }: Exchange['response']): number | undefined {
  if (output) return output.statusCode;
  return typeof source === 'object' && source !== null && 'existingRoutes' in source ? 404 : undefined;
}

/**
 * What the emulator refuses by itself (no token, no such route) is then worded like the rest of the API, as the
 * deployed gateway's responses are.
 */
export const wordGatewayAnswers = (): Promise<void> =>
  beforeAnswers(({ headers, response }, toolkit) => {
    const refusal = BY_STATUS[ownStatus(response) ?? 0];
    if (!refusal) return toolkit.continue;
    const requestId = newId();
    const language = preferredLanguage(header({ headers }, 'accept-language'));
    const answer = problemAnswer(refusal(), language, requestId);
    const worded = toolkit.response(answer.body).code(answer.statusCode).header('X-Request-Id', requestId);
    return Object.entries(answer.headers ?? {}).reduce<Reply>(
      (reply, [name, value]) => reply.header(name, String(value)),
      worded,
    );
  });

import type { APIGatewayProxyEvent } from 'aws-lambda';
import { problem } from '../base/problems.ts';
import type { Answer } from './answer.ts';
import { committing } from './commit.ts';
import { AlreadyAnswered, Idempotency } from './idempotency.ts';
import type { Operation } from './operation.ts';
import { mustSayTheSame } from './read-only.ts';
import { render } from './render.ts';
import { type ReadRequest, readRequest } from './request.ts';
import type { Leaving } from './stream.ts';

type Handle = (request: object) => Promise<Answer>;

/** The path of what a request erases; undefined where it erases nothing. Answers name what they show in the same way. */
function erasedBy({ route, erasable }: Operation, path: unknown): string | undefined {
  if (!erasable || !route.startsWith('DELETE ')) return undefined;
  const variable = (name: string) => encodeURIComponent(String((path as Record<string, unknown>)[name]));
  return route.replace(/^DELETE /, '').replaceAll(/\{(\w+)\}/g, (_, name: string) => variable(name));
}

/** Runs the operation. An operation open to owners that never asked whose the record is must not answer. */
async function handled(operation: Operation, request: ReadRequest, idempotency: Idempotency) {
  const { handle, changes, readOnly } = operation;
  const { caller, preconditions, sentBack } = request;
  const mustAgree = (record: unknown): void => mustSayTheSame(sentBack, record, readOnly);
  const erases = erasedBy(operation, request.path);
  const commit = changes && committing({ table: changes, caller, preconditions, mustAgree, erases, idempotency });
  const answer = await (handle as Handle)({ ...request, commit });
  caller?.mustHaveBeenChecked();
  return answer;
}

/** What the operation answers, or answered to the first call with the same idempotency key. */
async function answerTo(operation: Operation, request: ReadRequest): Promise<Answer> {
  const idempotency = await Idempotency.of(request.sentKey);
  const earlier = await idempotency.earlierAnswer();
  if (earlier) return earlier;
  try {
    return await handled(operation, request, idempotency);
  } catch (error) {
    // A refusal may be the doing of the same key's first call, which committed while this one was under way.
    const answer = await idempotency.earlierAnswer();
    if (answer) return answer;
    throw error instanceof AlreadyAnswered ? problem.busy({ cause: error }) : error;
  }
}

/** The innermost handler: reads who calls and what they sent, does it, and answers. */
export async function perform(event: APIGatewayProxyEvent, operation: Operation): Promise<Leaving> {
  const request = await readRequest(event, operation);
  const answer = await answerTo(operation, request);
  return render(event, operation, { answer, list: request.list });
}

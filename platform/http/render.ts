import type { APIGatewayProxyResult } from 'aws-lambda';
import type { Answer } from './answer.ts';
import type { Operation } from './operation.ts';

interface Surroundings {
  /** What every path of the API begins with at this address. */
  readonly base: string;
  readonly ifNoneMatch: string | undefined;
  /** Path and query of the list's next page. */
  readonly nextPage: string | undefined;
}

/**
 * An answer as the gateway's result. The body goes through its schema, so nothing that is not declared leaves.
 * @throws ZodError when the operation broke its own declaration
 */
export function render(operation: Operation, answer: Answer, around: Surroundings): APIGatewayProxyResult {
  const schema = operation.answers[answer.status];
  const etag = answer.etag === undefined ? undefined : `"${answer.etag}"`;
  const { Location, ...others } = answer.headers ?? {};
  const headers: Record<string, string> = {
    ...(Location && { Location: around.base + Location }),
    ...(etag && { ETag: etag }),
    ...(around.nextPage && { Link: `<${around.base}${around.nextPage}>; rel="next"` }),
    ...others,
  };
  if (etag && around.ifNoneMatch === etag) return { statusCode: 304, headers, body: '' };
  if (!schema) return { statusCode: answer.status, headers, body: '' };
  return {
    statusCode: answer.status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(schema.parse(answer.body)),
  };
}

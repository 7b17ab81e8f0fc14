import type { APIGatewayProxyResult } from 'aws-lambda';
import type * as z from 'zod';
import type { Answer } from './answer.ts';
import { Content, isJson, JSON_UTF8 } from './content.ts';
import type { Answers, Operation } from './operation.ts';

interface Surroundings {
  /** What every path of the API begins with at this address. */
  readonly base: string;
  readonly ifNoneMatch: string | undefined;
  /** Path and query of the list's next page. */
  readonly nextPage: string | undefined;
}

function declared(
  answers: Answers,
  { status, headers }: Answer,
): readonly [type: string, schema: z.ZodType] | undefined {
  const declaration = answers[status];
  if (declaration instanceof Content) return declaration.chosen(headers?.['Content-Type']);
  return declaration ? [headers?.['Content-Type'] ?? JSON_UTF8, declaration] : undefined;
}

/** The body as its declaration lets it out: nothing that is not declared leaves. */
export const bodyOf = (answers: Answers, answer: Answer): unknown => declared(answers, answer)?.[1].parse(answer.body);

function encoded(type: string, body: unknown): Pick<APIGatewayProxyResult, 'body' | 'isBase64Encoded'> {
  if (isJson(type)) return { body: JSON.stringify(body) };
  if (typeof body === 'string') return { body };
  return { body: Buffer.from(body as Uint8Array).toString('base64'), isBase64Encoded: true };
}

// Compared weakly (RFC 9110, 13.1.2): a proxy that compresses an answer weakens its tag.
const names = (ifNoneMatch: string, etag: string): boolean =>
  ifNoneMatch.split(',').some((tag) => ['*', etag, `W/${etag}`].includes(tag.trim()));

/**
 * An answer as the gateway's result. The body goes through its schema, so nothing that is not declared leaves.
 * @throws ZodError when the operation broke its own declaration
 */
export function render(operation: Operation, answer: Answer, around: Surroundings): APIGatewayProxyResult {
  const etag = answer.etag === undefined ? undefined : `"${answer.etag}"`;
  const { Location, ...others } = answer.headers ?? {};
  const headers: Record<string, string> = {
    ...(Location && { Location: around.base + Location }),
    ...(etag && { ETag: etag }),
    ...(around.nextPage && { Link: `<${around.nextPage}>; rel="next"` }),
    ...others,
  };
  if (etag && names(around.ifNoneMatch ?? '', etag)) return { statusCode: 304, headers, body: '' };
  const declaration = declared(operation.answers, answer);
  if (!declaration) return { statusCode: answer.status, headers, body: '' };
  const [type, schema] = declaration;
  return {
    statusCode: answer.status,
    headers: { 'Content-Type': type, ...headers },
    ...encoded(type, schema.parse(answer.body)),
  };
}

import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { type Answer, declared } from './answer.ts';
import { type Chunks, isJson, Streamed } from './content.ts';
import { header } from './headers.ts';
import { basePath, publicPath } from './links.ts';
import type { Operation } from './operation.ts';
import { sealCursor } from './paging.ts';
import { type Leaving, Stream } from './stream.ts';

function encoded(type: string, body: unknown): Pick<APIGatewayProxyResult, 'body' | 'isBase64Encoded'> {
  if (isJson(type)) return { body: JSON.stringify(body) };
  if (typeof body === 'string') return { body };
  return { body: Buffer.from(body as Uint8Array).toString('base64'), isBase64Encoded: true };
}

// Compared weakly (RFC 9110, 13.1.2): a proxy that compresses an answer weakens its tag.
const names = (ifNoneMatch: string, etag: string): boolean =>
  ifNoneMatch.split(',').some((tag) => ['*', etag, `W/${etag}`].includes(tag.trim()));

function isKnownAlready(event: APIGatewayProxyEvent, etag: string | undefined): boolean {
  return (
    etag !== undefined &&
    ['GET', 'HEAD'].includes(event.httpMethod) &&
    names(header(event, 'if-none-match') ?? '', etag)
  );
}

/** The link to a list's next page; its cursor is bound to the list it came from. */
async function nextLink(event: APIGatewayProxyEvent, { next }: Answer, list: string): Promise<string | undefined> {
  if (!next) return undefined;
  const query = new URLSearchParams(event.queryStringParameters as Record<string, string> | undefined);
  query.set('cursor', await sealCursor(next, list));
  return `<${publicPath(event)}?${query}>; rel="next"`;
}

/**
 * An answer as the gateway's result. The body goes through its schema, so nothing that is not declared leaves.
 * @param list what the cursors of this list are bound to
 * @throws ZodError when the operation broke its own declaration; of a stream, what its first piece throws
 */
export async function render(
  event: APIGatewayProxyEvent,
  { answers }: Operation,
  { answer, list }: { readonly answer: Answer; readonly list: string },
): Promise<Leaving> {
  const etag = answer.etag === undefined ? undefined : `"${answer.etag}"`;
  const link = await nextLink(event, answer, list);
  const { Location, ...others } = answer.headers ?? {};
  const headers: Record<string, string> = {
    ...(Location && { Location: basePath(event) + Location }),
    ...(etag && { ETag: etag }),
    ...(link && { Link: link }),
    ...others,
  };
  const cookies = answer.cookies && { multiValueHeaders: { 'Set-Cookie': [...answer.cookies] } };
  if (isKnownAlready(event, etag)) return { statusCode: 304, headers, ...cookies, body: '' };
  const declaration = declared(answers, answer);
  if (!declaration) return { statusCode: answer.status, headers, ...cookies, body: '' };
  const [type, schema] = declaration;
  const body = schema.parse(answer.body);
  return {
    statusCode: answer.status,
    headers: { 'Content-Type': type, ...headers },
    ...cookies,
    ...(answers[answer.status] instanceof Streamed
      ? { body: '', stream: await Stream.begun(body as Chunks) }
      : encoded(type, body)),
  };
}

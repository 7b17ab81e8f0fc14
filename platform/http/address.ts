import type { APIGatewayProxyEvent } from 'aws-lambda';

/** Whether a path's percent escapes are UTF-8 (RFC 3986, 2.5), so that everybody reads the same in it. */
export function isReadable(path: string): boolean {
  try {
    // What a gateway puts in place of bytes that it could not decode tells of the same.
    return !decodeURIComponent(path).includes('\ufffd');
  } catch {
    return false;
  }
}

type Addressed = Pick<APIGatewayProxyEvent, 'pathParameters' | 'requestContext'>;

/**
 * What stands for the variables of a route, as text. AWS hands it over as the client wrote it (`S%C3%A9nior`), other
 * gateways read the escapes first: what stands in the path letter for letter has not been read yet.
 */
export function pathParameters({ pathParameters: given, requestContext }: Addressed): Record<string, string> {
  const written = new Set((requestContext.path ?? '').split('/'));
  const entries = Object.entries(given ?? {}).map(([name, value = '']) => [
    name,
    written.has(value) ? decodeURIComponent(value) : value,
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

import type { APIGatewayProxyEvent } from 'aws-lambda';

type Headers = Pick<APIGatewayProxyEvent, 'headers'>;
type AllHeaders = Headers & Partial<Pick<APIGatewayProxyEvent, 'multiValueHeaders'>>;

/** A header of the request, whatever its spelling. */
export function header({ headers }: Headers, name: string): string | undefined {
  for (const [key, value] of Object.entries(headers ?? {})) if (key.toLowerCase() === name) return value;
  return undefined;
}

/**
 * A header whose value is a list, whatever its spelling: its lines joined, as they mean the same (RFC 9110, 5.3). The
 * gateway's `headers` have the last of them only.
 */
export function listHeader({ headers, multiValueHeaders }: AllHeaders, name: string): string | undefined {
  const lines = Object.entries(multiValueHeaders ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
  return lines && lines.length > 1 ? lines.join(', ') : header({ headers }, name);
}

/** All headers of the request, under lower-case names. */
export const lowerCased = ({ headers }: Headers): Record<string, string> =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value ?? '']));

import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { typesOf } from './answer.ts';
import { publicPath } from './links.ts';
import type { Operation } from './operation.ts';

const isPage = ({ answers }: Operation): boolean => typesOf(answers).some((type) => type.startsWith('text/html'));

/**
 * The way to a page's one address, without a slash at its end, where the gateway overlooked one: what the page names by
 * relative addresses would not be found there. Undefined where the request is right.
 */
export function redirected(event: APIGatewayProxyEvent, operation: Operation): APIGatewayProxyResult | undefined {
  const { path, resource, requestContext } = event;
  const asked = requestContext?.path ?? path;
  if (resource === '/' || !asked.endsWith('/') || !isPage(operation)) return undefined;
  const query = new URLSearchParams((event.queryStringParameters ?? {}) as Record<string, string>);
  const Location = publicPath(event) + (query.size > 0 ? `?${query}` : '');
  return { statusCode: 308, headers: { Location }, body: '' };
}

import type { APIGatewayProxyEvent } from 'aws-lambda';

type Addressed = Pick<APIGatewayProxyEvent, 'path' | 'resource' | 'requestContext'>;

/** What a greedy resource (`/portal/{proxy+}`) took the rest of the path for. */
type Greedy = Addressed & Partial<Pick<APIGatewayProxyEvent, 'pathParameters'>>;

const partsOf = (path: string): string[] => path.split('/').filter(Boolean);

const encodeUnsafe = (path: string): string => path.replaceAll(/[^\x21-\x7e]|["<>]/gu, encodeURIComponent);

/**
 * The path under which the client reached us: with the stage, or with the base path that a custom domain maps here, and
 * without a slash at its end, which the gateway overlooks. The gateway may have decoded it; a header takes ASCII only.
 */
export const publicPath = ({ path, requestContext }: Addressed): string =>
  encodeUnsafe(requestContext?.path ?? path).replace(/\/+$/, '');

/** Parts of what a greedy resource took: a slash within one of them (`%2F`) divides none, though some gateways read it. */
const greedyParts = (taken: string, path: string): number =>
  partsOf(taken).length - (/%2f/i.test(taken) ? 0 : (path.match(/%2f/gi) ?? []).length);

/** How many parts of the path are the resource's own. */
const ownParts = (event: Greedy): number =>
  partsOf(event.resource)
    .map((part) => /^\{(\w+)\+\}$/.exec(part)?.[1])
    .reduce((sum, name) => sum + (name ? greedyParts(event.pathParameters?.[name] ?? '', publicPath(event)) : 1), 0);

/** What of {@link publicPath} stands before the resource (`/dev`, or nothing): every link starts with it. */
export function basePath(event: Greedy): string {
  const parts = publicPath(event).split('/');
  return parts.slice(0, Math.max(1, parts.length - ownParts(event))).join('/');
}

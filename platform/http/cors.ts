/** The web origins that `CORS_ORIGINS` lets in: none unless it names some, or where it says so (`none`). */
export const allowedOrigins = (): readonly string[] =>
  (process.env.CORS_ORIGINS ?? '')
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '' && origin !== 'none');

/** Whether scripts of an origin may call. */
export const mayCall = (origin: string | undefined): origin is string =>
  origin !== undefined && allowedOrigins().includes(origin);

/** What lets a script of an origin read an answer, with the headers that tell it what to do next. */
export const grantTo = (origin: string) => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Expose-Headers':
    'ETag, Link, Location, Retry-After, WWW-Authenticate, X-Request-Id, X-Cache, Content-Disposition',
});

/** The CORS headers for a request's `Origin` (Fetch standard): only for an origin on the list, and never a wildcard. */
export function corsHeaders(origin: string | undefined): Record<string, string> {
  if (allowedOrigins().length === 0) return {};
  return { Vary: 'Origin', ...(mayCall(origin) && grantTo(origin)) };
}

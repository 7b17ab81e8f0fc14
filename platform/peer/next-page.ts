import type { HttpResponse } from '../base/http-client.ts';

const NEXT = /<([^>]+)>\s*;[^,]*\brel="?next"?/;

/** The query of the page that follows a page of a list, by its `Link` header (RFC 8288); undefined after the last. */
export function nextPage({ link }: HttpResponse['headers']): URLSearchParams | undefined {
  const target = NEXT.exec(String(link ?? ''))?.[1];
  return target === undefined ? undefined : new URL(target, 'http://peer').searchParams;
}

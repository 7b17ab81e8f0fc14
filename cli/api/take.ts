import { type Refusal, Refused } from '../failure.ts';

/** What openapi-fetch answers: what came, or the problem. */
export interface Answered<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** @throws Refused when the API refused */
function mustBeTaken({ error, response }: Answered<unknown>): void {
  if (response.ok) return;
  const problem = typeof error === 'object' && error !== null ? (error as Partial<Refusal>) : {};
  throw new Refused({ ...problem, status: response.status });
}

/** What the API answered. @throws Refused with its problem */
export async function take<T>(call: Promise<Answered<T>>): Promise<NonNullable<T>> {
  const answered = await call;
  mustBeTaken(answered);
  return answered.data as NonNullable<T>;
}

/** What the API answered, with the tag of what it is. @throws Refused with its problem */
export async function tagged<T>(
  call: Promise<Answered<T>>,
): Promise<{ item: NonNullable<T>; etag: string | undefined }> {
  const answered = await call;
  mustBeTaken(answered);
  return { item: answered.data as NonNullable<T>, etag: answered.response.headers.get('etag') ?? undefined };
}

/** How many of a list somebody wants. */
export interface Wanted {
  readonly limit?: number | undefined;
  readonly all?: true | undefined;
}

export interface Listed<T> {
  readonly items: T[];
  /** Whether there are more. */
  readonly more: boolean;
}

const PAGE = 200;

/** The cursor of the next page, from the `Link` header. */
export function nextCursor(response: Response): string | undefined {
  const link = /<([^>]*)>;\s*rel="?next"?/.exec(response.headers.get('link') ?? '')?.[1];
  return link ? (new URL(link, 'http://x').searchParams.get('cursor') ?? undefined) : undefined;
}

/** As many of a list as are wanted (50 unless said), page after page. @throws Refused with its problem */
export async function listed<T>(
  { limit = 50, all }: Wanted,
  page: (query: { limit: number; cursor?: string }) => Promise<Answered<readonly T[]>>,
): Promise<Listed<T>> {
  const most = all ? Number.POSITIVE_INFINITY : limit;
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const answered = await page({ limit: Math.min(PAGE, most - items.length), ...(cursor && { cursor }) });
    mustBeTaken(answered);
    items.push(...(answered.data ?? []));
    cursor = nextCursor(answered.response);
  } while (cursor && items.length < most);
  return { items: items.slice(0, most), more: cursor !== undefined };
}

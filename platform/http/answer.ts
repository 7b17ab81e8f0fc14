import type { Key } from '../data/table.ts';

/** What an operation answers: `etag` is the record's version, `next` where the next page starts. */
export interface Answer<Status extends number = number, Body = unknown> {
  readonly status: Status;
  readonly body: Body;
  readonly headers?: Readonly<Record<string, string>>;
  readonly etag?: number | undefined;
  readonly next?: Key | undefined;
}

type Extras = Omit<Answer, 'status' | 'body'>;

/** 200 with a body. */
export const ok = <B>(body: B, extras: Extras = {}): Answer<200, B> => ({ status: 200, body, ...extras });

/** 201 with the path of what was made. */
export const created = <B>(body: B, location: string, extras: Extras = {}): Answer<201, B> => ({
  status: 201,
  body,
  ...extras,
  headers: { ...extras.headers, Location: location },
});

/** 204. */
export const noContent = (): Answer<204, undefined> => ({ status: 204, body: undefined });

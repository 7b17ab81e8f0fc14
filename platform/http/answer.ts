import type * as z from 'zod';
import type { Key } from '../data/table.ts';
import { type Chunks, Content, JSON_UTF8, Streamed } from './content.ts';

/** What an operation answers: `etag` is the record's version, `next` where the next page starts. */
export interface Answer<Status extends number = number, Body = unknown> {
  readonly status: Status;
  readonly body: Body;
  readonly headers?: Readonly<Record<string, string>>;
  /** `Set-Cookie` headers, of which an answer may have several. */
  readonly cookies?: readonly string[];
  readonly etag?: number | undefined;
  readonly next?: Key | undefined;
  /** The path of what it shows, where no `Location` says so: a remembered answer forgets it when that is erased. */
  readonly shows?: string;
}

type Extras = Omit<Answer, 'status' | 'body'>;

/** 200 with a body. */
export const ok = <B, E extends Extras = Extras>(body: B, extras?: E): Answer<200, B> & E =>
  ({ status: 200, body, ...extras }) as Answer<200, B> & E;

/** 200 with a value that a cache gave, or that was computed since it had none: `X-Cache` says which. */
export const okCached = <B, E extends Extras = Extras>(
  { value, hit }: { readonly value: B; readonly hit: boolean },
  extras?: E,
): Answer<200, B> & E =>
  ok(value, { ...extras, headers: { ...extras?.headers, 'X-Cache': hit ? 'hit' : 'miss' } }) as unknown as Answer<
    200,
    B
  > &
    E;

/** 200 with a file that leaves as it is made, named as a browser is to save it. @param type its media type */
export const file = (
  chunks: Chunks,
  { type, name }: { readonly type: string; readonly name: string },
): Answer<200, Chunks> => ok(chunks, { headers: { 'Content-Type': type, 'Content-Disposition': disposition(name) } });

/** RFC 6266: a name in ASCII for old clients, and the whole one (RFC 8187) beside it. */
function disposition(name: string): string {
  const ascii = name.normalize('NFD').replaceAll(/[^\x20-\x7e]|["\\%]/gu, '');
  const whole = encodeURIComponent(name).replaceAll(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${ascii}"${ascii === name ? '' : `; filename*=UTF-8''${whole}`}`;
}

/** 201 with the path of what was made. */
export const created = <B, E extends Extras = Extras>(body: B, location: string, extras?: E): Answer<201, B> & E =>
  ({ status: 201, body, ...extras, headers: { ...extras?.headers, Location: location } }) as unknown as Answer<201, B> &
    E;

/** 204. */
export const noContent = (): Answer<204, undefined> => ({ status: 204, body: undefined });

/** The answers that an operation can give, by status: a schema of JSON, a body of other types, or `null` for none. */
export type Answers = Readonly<Record<number, z.ZodType | Content | null>>;

/** The media types in which an operation can answer. */
export const typesOf = (answers: Answers): string[] =>
  Object.values(answers).flatMap((one) => (one instanceof Content ? Object.keys(one.byType) : one ? [JSON_UTF8] : []));

/** Whether an answer of an operation leaves as it is made. */
export const streams = (answers: Answers): boolean => Object.values(answers).some((one) => one instanceof Streamed);

/** The media type and the schema of an answer's body as its operation declares it; undefined for an answer without. */
export function declared(
  answers: Answers,
  { status, headers }: Answer,
): readonly [type: string, schema: z.ZodType] | undefined {
  const declaration = answers[status];
  if (declaration instanceof Content) return declaration.chosen(headers?.['Content-Type']);
  return declaration ? [headers?.['Content-Type'] ?? JSON_UTF8, declaration] : undefined;
}

/** The body as its declaration lets it out: nothing that is not declared leaves. */
export const bodyOf = (answers: Answers, answer: Answer): unknown => declared(answers, answer)?.[1].parse(answer.body);

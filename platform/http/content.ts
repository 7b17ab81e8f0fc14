import * as z from 'zod';

/** The media type of every answer that says no other. */
export const JSON_UTF8 = 'application/json; charset=utf-8';

/**
 * An answer's body by media type, where it is not JSON alone. The answer names the one it chose in its `Content-Type`
 * header; the first is the default. A schema of JSON types is serialised, text and bytes leave as they are.
 */
export class Content<S extends z.ZodType = z.ZodType> {
  readonly byType: Readonly<Record<string, S>>;

  constructor(byType: Readonly<Record<string, S>>) {
    this.byType = byType;
  }

  /** The chosen media type and its schema. @throws Error when the answer chose one that is not declared */
  chosen(type: string | undefined): readonly [type: string, schema: S] {
    const declared = Object.entries(this.byType);
    const found = type === undefined ? declared[0] : declared.find(([one]) => essence(one) === essence(type));
    if (!found) throw new Error(`No answer of type ${type} is declared`);
    return found;
  }
}

/** The body of one status in one or more media types, each with its schema: {@link Text}, {@link Bytes}, or any for JSON. */
export const content = <S extends z.ZodType>(byType: Readonly<Record<string, S>>): Content<S> => new Content(byType);

/** A body that leaves piece by piece, as it is made: text in UTF-8, or bytes. */
export type Chunks = AsyncIterable<Uint8Array | string>;
const Chunks = z.custom<Chunks>(
  (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
);

/** {@link streamed} */
export class Streamed extends Content<typeof Chunks> {
  /** What the pieces come to, by media type: what clients are told. */
  readonly described: Readonly<Record<string, z.ZodType>>;

  constructor(described: Readonly<Record<string, z.ZodType>>) {
    super(Object.fromEntries(Object.keys(described).map((type) => [type, Chunks])));
    this.described = described;
  }
}

/**
 * A body that is sent while it is made ({@link Chunks}), of any length: a Lambda of such operations is a
 * `streamingEndpoint`. The schemas tell clients what the pieces come to and are not applied: what the operation makes
 * of its records must itself go through one.
 */
export const streamed = (described: Readonly<Record<string, z.ZodType>>): Streamed => new Streamed(described);

/** A body of text. */
export const Text = z.string();

/** A body of bytes: the gateway gets it in Base64. */
export const Bytes = z.instanceof(Uint8Array);

const essence = (type: string): string => (type.split(';')[0] ?? '').trim().toLowerCase();

/** Whether bodies of this media type are JSON (RFC 6839's `+json` included). */
export const isJson = (type: string): boolean => /^application\/(?:[\w.+-]+\+)?json$/.test(essence(type));

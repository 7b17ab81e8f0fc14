import type { KeyPart } from '../base/key-part.ts';

declare const built: unique symbol;

/** The whole text of a partition or sort key: only {@link key} makes one. */
export type KeyText = string & { readonly [built]: true };

/** A primary key, the same two attributes in every table. */
export type Key = {
  readonly pk: KeyText;
  readonly sk: KeyText;
};

/** Builds the text of a key, `` key`ORDER#${id}` ``, of nothing but what is fit for one. */
export const key = (strings: TemplateStringsArray, ...parts: readonly (KeyPart | KeyText | number)[]): KeyText =>
  strings.map((text, i) => `${text}${parts[i] ?? ''}`).join('') as KeyText;

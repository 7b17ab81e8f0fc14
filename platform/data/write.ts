/** A primary key, the same two attributes in every table. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export type Item = Key & Record<string, unknown>;

/** When a write may happen, and what the caller is told when it may not. */
export interface Condition {
  /** A DynamoDB condition expression. */
  readonly when: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
  /** The error to throw, given the item as it stands. */
  readonly otherwise: (current: Item | undefined) => Error;
}

/** One change of one item. */
export type Write =
  | { readonly kind: 'put'; readonly item: Item; readonly condition?: Condition | undefined }
  | { readonly kind: 'remove'; readonly key: Key; readonly condition?: Condition | undefined }
  | { readonly kind: 'check'; readonly key: Key; readonly condition: Condition }
  | { readonly kind: 'update'; readonly key: Key; readonly change: Change; readonly condition?: Condition | undefined };

/** `set` replaces attributes and `entries` keys of a map that stands (undefined removes one), `add` adds to numbers. */
export interface Change {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly entries?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly add?: Readonly<Record<string, number>>;
}

export const put = (item: Item, condition?: Condition): Write => ({ kind: 'put', item, condition });
export const remove = (key: Key, condition?: Condition): Write => ({ kind: 'remove', key, condition });
export const check = (key: Key, condition: Condition): Write => ({ kind: 'check', key, condition });
export const update = (key: Key, change: Change, condition?: Condition): Write => ({
  kind: 'update',
  key,
  change,
  condition,
});

/** Only where no item stands yet. */
export const absent = (otherwise: Condition['otherwise']): Condition => ({
  when: 'attribute_not_exists(pk)',
  otherwise,
});

/** Only where an item stands. */
export const present = (otherwise: Condition['otherwise']): Condition => ({
  when: 'attribute_exists(pk)',
  otherwise,
});

/** Only onto the version that was read: two writers at once cannot mix their changes. */
export const versionIs = (version: number, otherwise: Condition['otherwise']): Condition => ({
  when: '#version = :expected_version',
  names: { '#version': 'version' },
  values: { ':expected_version': version },
  otherwise,
});

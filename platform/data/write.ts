import { epochSeconds } from '../base/clock.ts';
import type { Key } from './key.ts';

export type { Key } from './key.ts';

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

export interface Put {
  readonly kind: 'put';
  readonly item: Item;
  readonly condition: Condition | undefined;
}

export interface Remove {
  readonly kind: 'remove';
  readonly key: Key;
  readonly condition: Condition | undefined;
}

export interface Update {
  readonly kind: 'update';
  readonly key: Key;
  readonly attributes: AttributeChanges;
  readonly condition: Condition | undefined;
}

export interface Check {
  readonly kind: 'check';
  readonly key: Key;
  readonly condition: Condition;
}

/** One change of one item, or something that must hold of an item while others change. */
export type Write = Put | Remove | Update | Check;

/** `set` replaces attributes and `entries` keys of a map that stands (undefined removes one), `add` adds to numbers and to sets of texts. */
export interface AttributeChanges {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly entries?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly add?: Readonly<Record<string, number | ReadonlySet<string>>>;
}

/** Puts an item in place of whatever stands there. */
export const put = (item: Item, condition?: Condition): Put => ({ kind: 'put', item, condition });

/** Removes an item; one that is gone already does not matter. */
export const remove = (key: Key, condition?: Condition): Remove => ({ kind: 'remove', key, condition });

/** Changes attributes of an item, which it makes where there is none. */
export const update = (key: Key, attributes: AttributeChanges, condition?: Condition): Update => ({
  kind: 'update',
  key,
  attributes,
  condition,
});

/** Changes nothing, and lets a transaction through only where this holds of an item that it does not write itself. */
export const check = (key: Key, condition: Condition): Check => ({ kind: 'check', key, condition });

/** Somebody else changed the record between our read and our write. */
export class LostUpdate extends Error {
  override readonly name = 'LostUpdate';
  readonly code = 'lost_update';
}

/** For the `otherwise` of a condition: whoever commits the write then reads and judges anew. */
export const lostUpdate = (): LostUpdate => new LostUpdate();

/** What a write was to bring about stands already, so that nothing is left to do. */
export class AlreadyDone extends Error {
  override readonly name = 'AlreadyDone';
  readonly code = 'already_done';
}

/** For the `otherwise` of a condition: whoever commits the write then takes it for done. */
export const alreadyDone = (): AlreadyDone => new AlreadyDone();

/** Only where no item stands yet. */
export const absent = (otherwise: Condition['otherwise']): Condition => ({
  when: 'attribute_not_exists(pk)',
  otherwise,
});

/** The same, or where the time of what stands is over: DynamoDB deletes it up to days later. */
export const vacant = (otherwise: Condition['otherwise']): Condition => ({
  when: 'attribute_not_exists(pk) OR #ttl <= :now',
  names: { '#ttl': 'ttl' },
  values: { ':now': epochSeconds() },
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

/** Only onto the version that was read, or else {@link lostUpdate}; the given problem where the item is gone. */
export const unchanged = (version: number, missing: () => Error): Condition =>
  versionIs(version, (current) => (current ? lostUpdate() : missing()));

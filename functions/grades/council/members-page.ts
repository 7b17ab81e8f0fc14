import { keyPart } from '../../../platform/base/key-part.ts';
import { key } from '../../../platform/data/key.ts';
import type { Key, Paging } from '../../../platform/data/table.ts';

const DIGITS = 16;

const positionOf = (at: string): Key => ({ pk: key`MEMBERS`, sk: key`${keyPart(at)}` });

/** A student's number as text that sorts as numbers do. */
export const sortable = (id: number): string => String(id).padStart(DIGITS, '0');

/**
 * One page of what is known whole before anything of it is read, such as the members of a class.
 * @param all in ascending order of {@link place}
 */
export function pageAmong<T>(all: readonly T[], place: (one: T) => string, { limit, after }: Paging) {
  const rest = after === undefined ? all : all.filter((one) => place(one) > after.sk);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { items, next: last !== undefined && rest.length > limit ? positionOf(place(last)) : undefined };
}

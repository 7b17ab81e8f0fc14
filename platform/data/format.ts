import { problem } from '../base/problems.ts';
import type { Item, Put, Update, Write } from './write.ts';

/**
 * The attribute in which an item says in which format it was written: a whole number, raised with each change of what is
 * stored that needs a migration. Nothing to do with `version`, which counts the changes of a record.
 */
export const FORMAT = 'fmt';

/** The format of what was written before items said theirs. */
export const FIRST_FORMAT = 1;

/** How a version of the application stands to the formats of a table's items. */
export interface Formats {
  /** In which it writes. */
  readonly format: number;
  /** The newest over which it may write: an item in a newer one may hold what it would destroy. */
  readonly knows: number;
}

/** Which format an item as it is stored is in. */
export const formatOf = (item: Readonly<Record<string, unknown>>): number => Number(item[FORMAT] ?? FIRST_FORMAT);

/** An item without its format, as contexts see it: they compare, show and store anew what they read. */
export function unmarked<T extends object>(item: T): T {
  delete (item as Record<string, unknown>)[FORMAT];
  return item;
}

/** An item that is written whole, with its format; one that comes through a migration has its own. */
export const marked = (item: Item, { format }: Formats): Item => ({ [FORMAT]: format, ...item });

/**
 * Whether an update may make its item, which then needs a format: not where its condition asks for what a standing item
 * has. A change of part of an older item does not bring it to another format.
 */
export const mayMake = ({ condition, attributes }: Update): boolean =>
  attributes.set?.[FORMAT] === undefined && (!condition || /attribute_not_exists|<>|\bNOT\b/.test(condition.when));

/** Whether an expression is a choice at its outermost: what stands in parentheses is whole as it is. */
function isChoice(expression: string): boolean {
  const outer = expression.replaceAll(/\([^()]*\)/g, '');
  return outer === expression ? /\bOR\b/.test(outer) : isChoice(outer);
}

/** The expressions as one that holds where all of them do. DynamoDB refuses parentheses which nothing needs. */
export const allOf = (...expressions: readonly string[]): string =>
  expressions.map((one) => (isChoice(one) ? `(${one})` : one)).join(' AND ');

/** What must hold of whatever an item is written over, beside a condition of its own. */
export function guarded({ condition }: Put | Update, { knows }: Formats) {
  const known = `attribute_not_exists(#${FORMAT}) OR #${FORMAT} <= :knows`;
  return {
    when: condition ? allOf(condition.when, known) : known,
    names: { ...condition?.names, [`#${FORMAT}`]: FORMAT },
    values: { ...condition?.values, ':knows': knows },
  };
}

/** An item was written by a version of the application that is newer than this one. */
export class NewerFormat extends Error {
  override readonly name = 'NewerFormat';
  readonly code = 'newer_format';
}

/**
 * What a write that was refused means to its caller, given the item as it stands.
 * @returns busy where the item is in a format that this version does not know; undefined where that says nothing
 */
export function refusal({ kind, condition }: Write, item: Item | undefined, { knows }: Formats): Error | undefined {
  if ((kind === 'put' || kind === 'update') && item && formatOf(item) > knows)
    return problem.busy({ cause: new NewerFormat(`${item.sk} is in format ${formatOf(item)}, newer than ${knows}`) });
  return condition?.otherwise(item && unmarked(item));
}

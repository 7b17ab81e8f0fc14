import { wordsOf } from '../../../platform/schema/fold.ts';
import { distance } from '../../../platform/schema/nearest.ts';
import { type Names, namesOf } from '../students/names.ts';

/** How many letters may differ in a word for it to be a slip of the pen. */
const MOST_SLIPS = 2;

const isNear = (one: string, other: string): boolean =>
  one === other || (Math.min(one.length, other.length) > 2 * MOST_SLIPS && distance(one, other) <= MOST_SLIPS);

const shares = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((one) => others.some((other) => isNear(one, other)));

const wordsIn = (text: string | undefined): string[] => (text === undefined ? [] : wordsOf(text));

/**
 * Whether two names may be one person's, written otherwise: some first name is in both. Brothers and sisters share a
 * family name, and often a parent's number.
 */
export function isSamePerson(one: Names, other: Names): boolean {
  const [all, others] = [wordsIn(one.name), wordsIn(other.name)];
  if (others.every((word) => all.includes(word)) || all.every((word) => others.includes(word))) return true;
  const [first, otherFirst] = [namesOf(one)?.first_name, namesOf(other)?.first_name].map(wordsIn);
  return shares(first?.length ? first : all, others) && shares(otherFirst?.length ? otherFirst : others, all);
}

/** How many versions of a mark or a result are kept: the first, and the latest before the one that stands. */
const MOST_PAST = 100;

/** What something was, with one version more: of very many the first and the latest are kept, so that an item has an end. */
export function withPast<T>(history: readonly T[], was: T): readonly T[] {
  const all = [...history, was];
  return all.length > MOST_PAST ? [...all.slice(0, 1), ...all.slice(2)] : all;
}

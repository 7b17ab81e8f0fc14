import type { General } from './card.ts';
import type { Figure, Programme } from './vocabulary.ts';

/** A member of a class as they enter a ranking. */
export interface Standing extends General {
  readonly student: number;
  /** Of the member's class: a ranking may span several. */
  readonly programme: Pick<Programme, 'scale' | 'rank_needs'>;
}

/** A member with their place; null for who has too few figures to be ranked. */
export type Ranked<S extends Standing> = S & { readonly rank: number | null };

/** A ranking, with how many took part in it and of how many. */
export interface Ranking<S extends Standing> {
  readonly ranked: number;
  readonly size: number;
  /** Best first, who is not ranked last; who is ranked equal in the order given. */
  readonly members: readonly Ranked<S>[];
}

/** Has a figure, and figures in at least `rank_needs` per cent of the coefficients that they take. */
const isRanked = ({ general, coverage: { covered, taken }, programme }: Standing): boolean =>
  general !== undefined && covered * 100n >= taken * BigInt(programme.rank_needs);

/** A figure as a share of its scale, in hundredths of points out of 100: a whole number, since every scale divides 100. */
const shareOf = ({ general = 0, programme }: Standing): Figure => (general * 100) / programme.scale;

const bestFirst = (a: Standing, b: Standing): number => shareOf(b) - shareOf(a);

/**
 * Competition ranking on printed figures, 1, 2, 2, 4: what is printed equal is ranked equal, and a rank is one more than
 * the number of those above.
 *
 * @param standings whoever is in the class, or in any of the classes, at the end of the term.
 */
export function rankingOf<S extends Standing>(standings: readonly S[]): Ranking<S> {
  const sorted = standings.filter(isRanked).toSorted(bestFirst);
  const members: Ranked<S>[] = [];
  for (const [above, standing] of sorted.entries()) {
    const last = members.at(-1);
    const ties = last !== undefined && shareOf(last) === shareOf(standing);
    members.push({ ...standing, rank: ties ? last.rank : above + 1 });
  }
  const others = standings.filter((standing) => !isRanked(standing)).map((standing) => ({ ...standing, rank: null }));
  return { ranked: sorted.length, size: standings.length, members: [...members, ...others] };
}

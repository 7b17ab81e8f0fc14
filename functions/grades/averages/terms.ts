import type { Coverage, General } from './card.ts';
import { meanOf, tallyOf, top } from './mean.ts';
import type { Scale } from './vocabulary.ts';

/** The general figure of a student in a term that stands right below another. */
export interface TermFigure extends General {
  /** Of the term, in hundredths. */
  readonly weight: number;
  /** Of the class that the student was in then. */
  readonly scale: Scale;
}

/**
 * The figure of a term that is made of terms, the year at last: the mean of the printed general figures right below.
 *
 * @param children those of them that have begun: one that has not would only keep everybody from being ranked.
 */
export function overTerms(children: readonly TermFigure[], scale: Scale): General {
  const tallies = children.map((term) =>
    tallyOf({ points: term.general, out_of: top(term.scale), weight: term.weight }),
  );
  const sum = (part: keyof Coverage) =>
    children.reduce((all, { coverage, weight }) => all + coverage[part] * BigInt(weight), 0n);
  return { general: meanOf(tallies, scale), coverage: { covered: sum('covered'), taken: sum('taken') } };
}

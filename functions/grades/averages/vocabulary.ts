/**
 * The words of the arithmetic. Every amount is a whole number, in hundredths of what people read: a score of 15.25 is
 * 1525, a coefficient of 0.5 is 50. So nothing is ever decided by a float, and what is equal on paper is equal here.
 */

/** A figure as it is printed: hundredths of a point on the scale of its class, rounded once, half up. */
export type Figure = number;

/** The highest point of a class's marks: 20, 10 or 100 whole points. */
export type Scale = 10 | 20 | 100;

/** Whether something weighs in what stands above it, only adds to it, or is shown and left out. */
export type Counts = 'always' | 'bonus' | 'never';

/** A subject of a programme, or a part of one: oral and written below French. */
export interface Subject {
  /** Unlike every other of its programme. Names are compared as they are: whoever stores them folds them first. */
  readonly name: string;
  /** In hundredths, up to 10,000. */
  readonly coefficient: number;
  /** The subject that this one is a part of. No subject stands below itself. */
  readonly parent?: string;
  /** Always, unless said. */
  readonly counts?: Counts;
  /** Who takes an option; everybody, unless said. */
  readonly students?: readonly number[];
}

/** A kind of assessment with a weight of its own: devoirs, composition. */
export interface Category {
  readonly name: string;
  /** In hundredths, up to 10,000. */
  readonly weight: number;
}

/** What a class is taught in a year, and how it is marked. */
export interface Programme {
  readonly subjects: readonly Subject[];
  /** None: the results of a subject are averaged as one list. */
  readonly categories: readonly Category[];
  readonly scale: Scale;
  /** From this figure on one has passed. */
  readonly pass_mark: Figure;
  /** The whole per cent of their coefficients that a member needs figures in, to be ranked. */
  readonly rank_needs: number;
}

/** What students were asked to do once: a test, a presentation. */
export interface Assessment {
  /** None: the assessment belongs to the marks without a subject. */
  readonly subject?: string;
  readonly category?: string;
  /** The points that could be had, in hundredths: 50 to 100,000. */
  readonly out_of: number;
  /** In hundredths, up to 10,000. */
  readonly coefficient: number;
  readonly counts: Counts;
}

/** What one student got in one assessment: hundredths of a point up to its `out_of`, or why there are none. */
export type Result = { readonly score: number } | { readonly status: 'absent' | 'exempt' | 'missing' };

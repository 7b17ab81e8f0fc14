import * as z from 'zod';
import { type KeyPart, keyPart } from '../../../platform/base/key-part.ts';
import { rule } from '../../../platform/schema/rule.ts';
import { line } from '../../../platform/schema/text.ts';
import { Factor } from '../marks/decimal.ts';

/** A term's id: a UUID, or `default` for the one year of a school that has set up none. */
export const TermId = z
  .string()
  .regex(/^(?:default|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/)
  .brand<'KeyPart'>();

/** The path of one term. */
export const TermPath = z.object({ id: TermId });

const endsBeforeItBegins = rule('ends_before_it_begins', {
  fr: 'La période finit avant de commencer',
  en: 'The term ends before it begins',
});

/** `POST /terms`. */
export const NewTerm = z
  .strictObject({
    name: line(100),
    starts_on: z.iso.date(),
    ends_on: z.iso.date(),
    parent: TermId.optional(),
    weight: Factor.default(1),
  })
  .refine(({ starts_on, ends_on }) => starts_on <= ends_on, { ...endsBeforeItBegins, path: ['ends_on'] });
export type NewTerm = z.output<typeof NewTerm>;

/** `open` takes marks, `closed` takes none, and `closing` is on its way there, class after class. */
const State = z.enum(['open', 'closing', 'closed']);

/** That a term was opened or closed: by whom, when, and why where it was opened again. */
const Turn = z.object({
  open: z.boolean(),
  by: z.string(),
  at: z.iso.datetime(),
  class_names: z.array(z.string()).optional(),
  reason: z.string().optional(),
});
export type Turn = z.output<typeof Turn>;

/** A term as people read it. */
export const TermView = z.object({
  id: z.string(),
  name: z.string(),
  starts_on: z.iso.date().optional(),
  ends_on: z.iso.date().optional(),
  parent: z.string().optional(),
  weight: z.number(),
  open: z.boolean(),
  state: State,
  history: z.array(Turn).optional(),
});
export type TermView = z.output<typeof TermView>;

/** A term as it is stored. */
export interface Term {
  readonly id: KeyPart;
  readonly name: string;
  /** ISO dates; none for the year of a school that has set up none. */
  readonly starts_on?: string;
  readonly ends_on?: string;
  readonly parent?: KeyPart | undefined;
  readonly weight: number;
  /** Of a leaf; what stands above one is open while anything below it is. */
  readonly state: z.output<typeof State>;
  readonly history: readonly Turn[];
  /** How many classes have marks in it: a term with marks never gets terms below it. */
  readonly books: number;
  /** How many terms stand right below it: a term with terms below it never gets marks. */
  readonly children: number;
}

/** The one open year, itself a leaf, of a school that has set up none. */
export const DEFAULT_TERM: Term = {
  id: keyPart('default'),
  name: 'Année en cours',
  weight: 1,
  state: 'open',
  history: [],
  books: 0,
  children: 0,
};

const isOwn = ({ id }: Term): boolean => id !== DEFAULT_TERM.id;

const latestFirst = (a: Term, b: Term): number => (b.starts_on ?? '').localeCompare(a.starts_on ?? '');

const holds = ({ starts_on = '', ends_on = '' }: Term, day: string): boolean => starts_on <= day && day <= ends_on;

/** All terms of a school, a few dozen: a forest whose roots are school years and whose leaves hold marks. */
export class Calendar {
  readonly terms: readonly Term[];
  readonly #byId: ReadonlyMap<string, Term>;

  /** @param stored what the table holds; `default` is among them once it holds marks, or was closed */
  constructor(stored: readonly Term[]) {
    this.terms = stored.length > 0 ? stored : [DEFAULT_TERM];
    this.#byId = new Map(this.terms.map((term) => [term.id, term]));
  }

  /** The same with a term that was not stored yet. */
  with(term: Term): Calendar {
    return new Calendar([...this.terms, term]);
  }

  /** The term of this id, if there is one. */
  find(id: string): Term | undefined {
    return this.#byId.get(id);
  }

  /** The terms right below another, in the order of their beginning. */
  childrenOf(id: string): readonly Term[] {
    return this.terms.filter(({ parent }) => parent === id).toSorted((a, b) => latestFirst(b, a));
  }

  /** The leaves of a term, in the order of their beginning: itself where nothing stands below it. */
  leavesOf(term: Term): readonly Term[] {
    const children = this.childrenOf(term.id);
    return children.length === 0 ? [term] : children.flatMap((child) => this.leavesOf(child));
  }

  /** The leaves that take marks. */
  openLeaves(): readonly Term[] {
    return this.terms.filter((term) => term.state === 'open' && this.childrenOf(term.id).length === 0);
  }

  /** The school year that a term belongs to: itself where nothing stands above it. */
  yearOf(term: Term): Term {
    const parent = term.parent && this.find(term.parent);
    return parent ? this.yearOf(parent) : term;
  }

  /**
   * Where a mark that names no term may stand: the open leaves that hold the day, of each calendar that runs, else the
   * latest open one. The year of a school that had set up none serves no longer once it has.
   * @param day ISO date
   */
  leavesFor(day: string): readonly Term[] {
    const own = this.terms.some(isOwn);
    const leaves = this.openLeaves().filter((term) => !own || isOwn(term));
    const holding = leaves.filter((term) => holds(term, day));
    return holding.length > 0 ? holding : leaves.toSorted(latestFirst).slice(0, 1);
  }

  /** The leaves that hold a day, open or not, else the one before it that began last. */
  leavesOn(day: string): readonly Term[] {
    const leaves = this.terms.filter((term) => this.childrenOf(term.id).length === 0);
    const holding = leaves.filter((term) => isOwn(term) && holds(term, day));
    const begun = leaves.filter(({ starts_on = '' }) => starts_on <= day);
    return holding.length > 0 ? holding : begun.toSorted(latestFirst).slice(0, 1);
  }

  /** The leaves that may be shown where none is asked for: {@link leavesFor}, else the latest of all. */
  leavesToShow(day: string): readonly Term[] {
    const open = this.leavesFor(day);
    if (open.length > 0) return open;
    const leaves = this.terms.filter((term) => this.childrenOf(term.id).length === 0);
    return leaves.toSorted(latestFirst).slice(0, 1);
  }

  /** The leaf that is shown where none is asked for, of all classes. */
  leafToShow(day: string): Term {
    return this.leavesToShow(day)[0] ?? DEFAULT_TERM;
  }

  /** Whether a term is another, or lies somewhere below it. */
  isWithin(term: Term, other: Term): boolean {
    if (term.id === other.id) return true;
    const parent = term.parent && this.find(term.parent);
    return parent ? this.isWithin(parent, other) : false;
  }

  /** Whether the term of an id is another, or lies somewhere below it. */
  isIn(id: string, other: Term): boolean {
    const term = this.find(id);
    return term !== undefined && this.isWithin(term, other);
  }

  /** The leaf right before another in its school year. */
  before(leaf: Term): Term | undefined {
    const leaves = this.leavesOf(this.yearOf(leaf));
    return leaves[leaves.findIndex(({ id }) => id === leaf.id) - 1];
  }

  /** The state of a term, of one with terms below it made of theirs. */
  stateOf(term: Term): Term['state'] {
    const states = new Set(this.leavesOf(term).map(({ state }) => state));
    if (states.has('open')) return 'open';
    return states.has('closing') ? 'closing' : 'closed';
  }

  /** A term as people read it. */
  view(term: Term): TermView {
    const { id, name, starts_on, ends_on, parent, weight, history } = term;
    const state = this.stateOf(term);
    const shown = { id, name, starts_on, ends_on, parent, weight, state, history: [...history] };
    return { ...shown, open: state === 'open' };
  }
}

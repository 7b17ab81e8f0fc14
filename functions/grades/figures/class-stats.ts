import * as z from 'zod';
import { cutToKeyPart } from '../../../platform/base/key-part.ts';
import { allow } from '../../../platform/http/access.ts';
import { okCached } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { line } from '../../../platform/schema/text.ts';
import type { SubjectLine } from '../averages/card.ts';
import { statisticsOf } from '../averages/statistics.ts';
import type { Figure } from '../averages/vocabulary.ts';
import { reachIn } from '../classes/access.ts';
import * as books from '../classes/book-store.ts';
import { ClassPath } from '../classes/class.ts';
import { type ClassRef, classRef } from '../classes/class-ref.ts';
import * as classes from '../classes/class-store.ts';
import { arithmeticOf, nameKey, Programme, programmeOr } from '../classes/programme.ts';
import { cache, HOUR, statsKey } from '../kept.ts';
import { decimal } from '../marks/decimal.ts';
import { problem } from '../problems.ts';
import { type Calendar, type Term, TermId } from '../terms/term.ts';
import * as terms from '../terms/term-store.ts';
import { type ClassFigures, classFigures } from './standings.ts';
import { termToRead } from './term-to-read.ts';

/** The statistics of a class: figures on its scale, the pass rate in per cent. */
export const StatsView = z.object({
  class_name: z.string(),
  term: z.string(),
  subject: z.string().optional(),
  /** Members, with or without a figure. */
  size: z.int(),
  /** Those who have one. */
  count: z.int(),
  mean: z.number().optional(),
  median: z.number().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  standard_deviation: z.number().optional(),
  pass_rate: z.number().optional(),
  /** How many figures fall in each twentieth of the scale. */
  histogram: z.array(z.int()),
});

const StatsQuery = z.object({ term: TermId.optional(), subject: line(100).optional() });

/** The line of a subject on a card, at whatever depth. */
export function lineOf(lines: readonly SubjectLine[], name: string): SubjectLine | undefined {
  for (const one of lines) {
    if (one.name === name) return one;
    const below = lineOf(one.parts, name);
    if (below) return below;
  }
  return undefined;
}

/** The figures of all members, in general or in a subject. */
export function membersFigures({ ranking, cards }: ClassFigures, subject: string | undefined): (Figure | undefined)[] {
  if (subject === undefined) return ranking.members.map(({ general }) => general);
  return [...cards.values()].map(({ subjects }) => lineOf(subjects, nameKey(subject))?.figure);
}

/** Hundredths as people read them, of every figure that there is. */
export const readable = <K extends string>(figures: Readonly<Record<K, Figure>> | undefined) =>
  figures &&
  (Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, decimal(value as Figure)])) as Record<
    K,
    number
  >);

/** What is kept of a class: its statistics, and by which programme it is to be judged who may read them. */
const Kept = z.object({ stats: StatsView, programme: Programme.optional() });

/**
 * The statistics of a class as they stand: from the cache, while nothing in its book has changed.
 * @throws class_not_found where nobody was ever in it; what is kept is of one that somebody was
 */
function statsOf(ref: ClassRef, term: Term, calendar: Calendar, subject: string | undefined) {
  const isLeaf = calendar.childrenOf(term.id).length === 0;
  const scope = {
    key: statsKey(ref, term.id, cutToKeyPart(subject === undefined ? '' : nameKey(subject))),
    seconds: HOUR,
    schema: Kept,
    // What is made of several books has no one generation.
    generation: async () => (isLeaf ? books.generation({ ref, term: term.id }) : undefined),
  };
  return cache.read(scope, async () => {
    const [listed, figures] = await Promise.all([classes.find(ref), classFigures(ref, term, calendar, 'staff')]);
    if (!listed) throw problem.class_not_found();
    const { class_name } = listed;
    const { distribution, ...counts } = statisticsOf(
      membersFigures(figures, subject),
      arithmeticOf(programmeOr(figures.programme)),
    );
    const where = { class_name, term: term.id as string, subject };
    const stats = { ...where, ...counts, histogram: [...counts.histogram], ...readable(distribution) };
    return { value: { stats, programme: figures.programme }, keep: figures.whole };
  });
}

export const classStats = operation({
  route: 'GET /classes/{class_name}/stats',
  summary: 'The statistics of a class',
  description:
    'Of the members’ printed figures, in general or in a subject, in any term: the open one, unless said. To a teacher, in general and in their own subjects.',
  access: allow('admin', 'teacher'),
  path: ClassPath,
  query: StatsQuery,
  answers: { 200: StatsView },
  problems: [problem.class_not_found, problem.term_not_found, problem.term_is_divided, problem.not_your_subject],
  cached: true,
  async handle({ path, query, caller }) {
    const ref = classRef(path.class_name);
    const calendar = await terms.calendar();
    const term = await termToRead(calendar, query.term, ref);
    if (query.subject !== undefined && calendar.childrenOf(term.id).length > 0) throw problem.term_is_divided();
    const { value, hit } = await statsOf(ref, term, calendar, query.subject);
    const reach = reachIn(value.programme, caller);
    if (!reach.any) throw problem.class_not_found();
    if (query.subject !== undefined && !reach.subject(query.subject)) throw problem.not_your_subject();
    return okCached({ value: value.stats, hit });
  },
});

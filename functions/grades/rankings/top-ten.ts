import * as z from 'zod';
import { allow, type Caller } from '../../../platform/http/access.ts';
import { ok, okCached } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { line } from '../../../platform/schema/text.ts';
import { reachIn } from '../classes/access.ts';
import { classRef } from '../classes/class-ref.ts';
import * as classes from '../classes/class-store.ts';
import { classFigures } from '../figures/standings.ts';
import { leafToRead, termToRead } from '../figures/term-to-read.ts';
import { cache, HALF_AN_HOUR, topTenKey } from '../kept.ts';
import { decimal } from '../marks/decimal.ts';
import { problem } from '../problems.ts';
import { type Calendar, type Term, TermId } from '../terms/term.ts';
import * as terms from '../terms/term-store.ts';
import { best, type Entry, stateOf } from './ranking-store.ts';

const MOST = 10;

/** A place in a ranking: the average is on the scale of the student's class. */
const Place = z.object({
  rank: z.int(),
  student_id: z.int(),
  name: z.string(),
  class_name: z.string().optional(),
  average: z.number(),
  scale: z.int(),
});
export type Place = z.input<typeof Place>;

/** Competition ranks, 1, 2, 2, 4, of entries in order: what is an equal share of its scale is ranked equal. */
export function competition(entries: readonly Entry[]): Place[] {
  const share = ({ general, scale }: Entry) => (general * 100) / scale;
  const places: Place[] = [];
  for (const [above, entry] of entries.entries()) {
    const before = entries[above - 1];
    const ties = before && share(before) === share(entry);
    const rank = ties ? (places[above - 1]?.rank ?? above + 1) : above + 1;
    const { student_id, name, class_name, general, scale } = entry;
    places.push({ rank, student_id, name, class_name, average: decimal(general), scale });
  }
  return places;
}

/** Of which class, and in which term. */
export const TopQuery = z.object({ class_name: line(100).optional(), term: TermId.optional() });

/** The best of one class, in any term. @throws class_not_found */
async function ofClass(name: string, asked: Term, calendar: Calendar, caller: Caller): Promise<Place[]> {
  const ref = classRef(name);
  const listed = await classes.find(ref);
  const figures = await classFigures(ref, asked, calendar, 'staff');
  if (!listed || !reachIn(figures.programme, caller).any) throw problem.class_not_found();
  const { class_name } = listed;
  return figures.ranking.members.slice(0, MOST).flatMap(({ student, name: of, rank, general, programme }) => {
    if (rank === null || general === undefined) return [];
    return [{ rank, student_id: student, name: of, class_name, average: decimal(general), scale: programme.scale }];
  });
}

/** The best of all classes in a leaf: from the cache, while no class has changed. */
function ofAll(term: Term) {
  const state = stateOf(term.id);
  const scope = {
    key: topTenKey(term.id),
    seconds: HALF_AN_HOUR,
    schema: z.array(Place),
    generation: async () => (await state).generation,
  };
  return cache.read(scope, async () => {
    const { entries, whole } = await best(term, MOST, { state: await state });
    return { value: competition(entries), keep: whole };
  });
}

/**
 * The best of a class, or of all of them, and the term in which they are.
 * @throws class_not_found, term_not_found, term_is_divided
 */
export async function bestOf({ class_name, term }: z.output<typeof TopQuery>, calendar: Calendar, caller: Caller) {
  if (class_name !== undefined) {
    const asked = await termToRead(calendar, term, classRef(class_name));
    return { term: asked, value: await ofClass(class_name, asked, calendar, caller), hit: undefined };
  }
  const leaf = await leafToRead(calendar, term);
  return { term: leaf, ...(await ofAll(leaf)) };
}

export const topTen = operation({
  route: 'GET /rankings/top10',
  summary: 'The ten best students',
  description:
    'Of a class in any term, or of all classes in one that holds marks. Equal averages share a rank, 1, 2, 2, 4; across classes the shares of their scales are compared.',
  access: allow('admin', 'teacher'),
  query: TopQuery,
  answers: { 200: z.array(Place) },
  problems: [problem.class_not_found, problem.term_not_found, problem.term_is_divided],
  cached: true,
  async handle({ query, caller }) {
    const { value, hit } = await bestOf(query, await terms.calendar(), caller);
    return hit === undefined ? ok(value) : okCached({ value, hit });
  },
});

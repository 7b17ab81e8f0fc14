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
import { best, type Entry, generation } from './ranking-store.ts';

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
type Place = z.input<typeof Place>;

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

/** The best of one class, in any term. @throws class_not_found */
async function ofClass(name: string, calendar: Calendar, term: string | undefined, caller: Caller): Promise<Place[]> {
  const ref = classRef(name);
  const [listed, asked] = await Promise.all([classes.find(ref), termToRead(calendar, term, ref)]);
  const figures = await classFigures(ref, asked, calendar, 'staff');
  if (!listed || !reachIn(figures.programme, caller).any) throw problem.class_not_found();
  const { class_name } = listed;
  return figures.ranking.members.slice(0, MOST).flatMap(({ student, name: of, rank, general, programme }) => {
    if (rank === null || general === undefined) return [];
    return [{ rank, student_id: student, name: of, class_name, average: decimal(general), scale: programme.scale }];
  });
}

/** The best of all classes in a leaf: from the cache, while no class has changed. */
const ofAll = (term: Term) =>
  cache.read(
    {
      key: topTenKey(term.id),
      seconds: HALF_AN_HOUR,
      schema: z.array(Place),
      generation: () => generation(term.id),
    },
    async () => {
      const { entries, whole } = await best(term, MOST);
      return { value: competition(entries), keep: whole };
    },
  );

export const topTen = operation({
  route: 'GET /rankings/top10',
  summary: 'The ten best students',
  description:
    'Of a class in any term, or of all classes in one that holds marks. Equal averages share a rank, 1, 2, 2, 4; across classes the shares of their scales are compared.',
  access: allow('admin', 'teacher'),
  query: z.object({ class_name: line(100).optional(), term: TermId.optional() }),
  answers: { 200: z.array(Place) },
  problems: [problem.class_not_found, problem.term_not_found, problem.term_is_divided],
  cached: true,
  async handle({ query, caller }) {
    const calendar = await terms.calendar();
    if (query.class_name !== undefined) return ok(await ofClass(query.class_name, calendar, query.term, caller));
    return okCached(await ofAll(await leafToRead(calendar, query.term)));
  },
});

import * as z from 'zod';
import { timestamp } from '../../../platform/base/clock.ts';
import { newId } from '../../../platform/base/ids.ts';
import { absent, check, lostUpdate, type Write } from '../../../platform/data/write.ts';
import { line } from '../../../platform/schema/text.ts';
import { headIs, headKey } from '../classes/book-store.ts';
import type { Council } from '../council/council.ts';
import * as councils from '../council/council-store.ts';
import { problem } from '../problems.ts';
import type { Student } from '../students/student.ts';
import { known, studentKey } from '../students/student-store.ts';
import { table } from '../table.ts';
import { TermId } from '../terms/term.ts';
import type { Card, Last } from './card.ts';
import * as cards from './card-store.ts';
import { classCards, holdsUnreleased, isClosed, isWhole, madeOf } from './class-cards.ts';
import { type ClassCards, contentOf } from './content.ts';
import { Lack, lacksOf } from './lacks.ts';
import type { People } from './people.ts';

/** `POST /classes/{class_name}/report-cards`: of which term, and why where cards are replaced. */
export const NewCards = z.strictObject({ term: TermId, reason: line(500).optional() });
export type NewCards = z.output<typeof NewCards>;

/** What stands in the way of publishing. */
const Obstacle = z.enum(['term_not_closed', 'unreleased_results']);

/** What became of a class's cards, or would become. */
export const PublicationView = z.object({
  term: z.string(),
  class_name: z.string(),
  dry_run: z.boolean(),
  /** Of a dry run: why publishing would be refused. */
  obstacles: z.array(Obstacle).optional(),
  cards: z.array(
    z.object({
      student_id: z.int(),
      name: z.string(),
      /** A first card, one that replaces another since something printed differs, or nothing to do. */
      result: z.enum(['new', 'replaces', 'unchanged']),
      /** The version that stands, or would. */
      version: z.int(),
      lacks: z.array(Lack),
    }),
  ),
});
export type PublicationView = z.input<typeof PublicationView>;

type Line = PublicationView['cards'][number];

/** The card of one member, and what stands of it. */
interface Drawn {
  readonly line: Line;
  readonly student: Student;
  readonly before: Last | undefined;
  readonly made: ReturnType<typeof contentOf>;
}

/** The cards of a class as they would be printed now. */
export interface Drawing {
  readonly council: Council;
  readonly from: ClassCards;
  /** How often the council had spoken when it was read. */
  readonly spoken: number;
  readonly drawn: readonly Drawn[];
}

/** What was said of members, each read by itself: a batch may meet a transaction half applied. */
async function saidOf(ids: readonly number[], { term }: Council) {
  const all = await Promise.all(ids.map(async (id) => [id, await councils.ofOne(id, term.id)] as const));
  return new Map(all);
}

async function studentsOf(ids: readonly number[]): Promise<Student[]> {
  const found = await table.getMany<Student>(ids.map(studentKey));
  return found.filter((one) => known(one)).toSorted((a, b) => a.student_id - b.student_id);
}

function drawnOf(student: Student, from: ClassCards, council: Council, said: councils.Said | undefined, before?: Last) {
  const made = contentOf(from, student, said, 'staff');
  const isSame = before?.digests.printed === made.digests.printed;
  const line: Line = {
    student_id: student.student_id,
    name: student.name,
    result: before ? (isSame ? 'unchanged' : 'replaces') : 'new',
    version: (before?.version ?? 0) + (isSame ? 0 : 1),
    lacks: lacksOf(made.content, student.student_id, from, council),
  };
  return { line, student, before, made };
}

/**
 * Reads a class whole, and draws the card of each member.
 * @param people what teachers are called
 * @throws LostUpdate where it was met half changed
 */
export async function draw(council: Council, people: People = {}): Promise<Drawing> {
  const { ref, class_name, term, calendar } = council;
  // Before what was said: whatever is said meanwhile is then seen to have been.
  const spoken = await councils.generation({ ref, term: term.id });
  const from = { ...(await classCards({ ref, class_name }, term, calendar, 'staff')), people };
  if (!isWhole(from)) throw lostUpdate();
  const ids = from.figures.ranking.members.map(({ student }) => student);
  const [members, said, before] = await Promise.all([
    studentsOf(ids),
    saidOf(ids, council),
    cards.lastOf(ids, term.id),
  ]);
  const drawn = members.map((student) => {
    const { student_id: id } = student;
    return drawnOf(student, from, council, said.get(id), before.get(id));
  });
  return { council, from, spoken, drawn };
}

/** What stands in the way of publishing these cards. */
export const obstaclesTo = ({ from }: Drawing): z.output<typeof Obstacle>[] => [
  ...(isClosed(from) ? [] : ['term_not_closed' as const]),
  ...(holdsUnreleased(from, timestamp()) ? ['unreleased_results' as const] : []),
];

/** @throws term_not_closed, unreleased_results */
export function mustBePublishable(drawing: Drawing): void {
  for (const obstacle of obstaclesTo(drawing)) throw problem[obstacle]();
}

/** By whom, when and why cards are published. */
export interface Publishing {
  readonly by: string;
  readonly reason: string | undefined;
}

/** Nothing that the cards are made of was written since it was read. */
const stillAsRead = ({ from, spoken, council: { ref, term } }: Drawing): Write[] => [
  ...from.books.map((book) =>
    check(
      headKey(book),
      book.head ? headIs({ gen: book.head.gen, open: book.head.open }, lostUpdate) : absent(lostUpdate),
    ),
  ),
  check(councils.generationKey({ ref, term: term.id }), councils.stillAt(spoken)),
];

function cardOf(one: Drawn, { council: { term, programme } }: Drawing, { by, reason }: Publishing): Card {
  const { line: told, student, before, made } = one;
  return {
    id: newId(),
    student_id: student.student_id,
    term: term.id,
    version: told.version,
    published_at: timestamp(),
    published_by: by,
    ...(before && { replaces: before.version, ...(reason !== undefined && { reason }) }),
    sha256: made.sha256,
    content: made.content,
    has_programme: programme !== undefined,
    reads: {},
  };
}

function lastAfter({ id, version, published_at: at, ...card }: Card, one: Drawn, drawing: Drawing): Last {
  const { digests, content } = one.made;
  return {
    student_id: card.student_id,
    term: card.term,
    ref: drawing.council.ref,
    version,
    versions: [...(one.before?.versions ?? []), { id, version, at }],
    digests,
    made_of: madeOf(drawing.from, drawing.spoken),
    show: content.show,
  };
}

/** DynamoDB takes a hundred items, and 4 MB, in one transaction. */
const MOST_ITEMS = 97;
const MOST_BYTES = 3_000_000;

/** The cards that are not published yet, as many as one transaction holds. */
function some(drawing: Drawing): Drawn[] {
  const most = Math.max(1, Math.floor((MOST_ITEMS - drawing.from.books.length - 2) / 2));
  const waiting = drawing.drawn.filter(({ line: { result } }) => result !== 'unchanged').slice(0, most);
  let bytes = 0;
  return waiting.filter(({ made }, i) => {
    bytes += Buffer.byteLength(JSON.stringify(made.content));
    return i === 0 || bytes < MOST_BYTES;
  });
}

/**
 * What publishing comes to: the cards of one transaction, that families are to be told of them, what became of these, and
 * whether none is left.
 */
export function published(drawing: Drawing, publishing: Publishing) {
  const these = some(drawing);
  const pairs = these.map((one) => ({ one, card: cardOf(one, drawing, publishing) }));
  const { ref, term } = drawing.council;
  const news = pairs.map(({ card: { student_id, id, version } }) => ({ student_id, id, version }));
  const [first] = pairs;
  return {
    writes: first
      ? [
          ...stillAsRead(drawing),
          ...pairs.flatMap(({ one, card }) => cards.publish(card, lastAfter(card, one, drawing), one.before)),
        ]
      : [],
    news: first ? [cards.tellOf(first.card.id, { ref, term: term.id, cards: news })] : [],
    done: these.map(({ line: told }) => told),
    isWhole: drawing.drawn.filter(({ line: { result } }) => result !== 'unchanged').length === these.length,
  };
}

/** The answer: of cards that this call published before, what became of them. */
export function viewOf(drawing: Drawing, done: readonly Line[], dry_run: boolean): PublicationView {
  const { term, class_name } = drawing.council;
  const by = new Map(done.map((told) => [told.student_id, told]));
  return {
    ...{ term: term.id, class_name, dry_run },
    ...(dry_run && { obstacles: obstaclesTo(drawing) }),
    cards: drawing.drawn.map(({ line: told }) => by.get(told.student_id) ?? told),
  };
}

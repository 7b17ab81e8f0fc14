import { lostUpdate, update, type Write } from '../../../platform/data/write.ts';
import { apply } from '../../../platform/events/commit.ts';
import type { RosterItem } from '../classes/book-store.ts';
import { type ClassRef, refOf } from '../classes/class-ref.ts';
import * as classes from '../classes/class-store.ts';
import { memberNow, roster, seat } from '../classes/roster-store.ts';
import { table } from '../table.ts';
import * as terms from '../terms/term-store.ts';
import * as asides from './aside.ts';
import { lacksBook, type Move, type Sheets, type Step, stepsOf, wasIn, written } from './relocation.ts';
import { hasLeft, nameOf } from './stays.ts';
import type { Student } from './student.ts';
import { studentKey } from './student-key.ts';

export type { Sheets } from './relocation.ts';

/** What a move comes to: where the student was in which term, and what is to be written with their profile. */
export interface Moved {
  readonly was: Student['was'];
  readonly writes: Write[];
}

/** How many items in books go into one transaction, beside the profile and what is written with it. */
const MOST_AT_ONCE = 60;

/** What of a student decides where they are, and as whom. */
const whereabouts = (student: Student | undefined): string =>
  JSON.stringify(student && [refOf(student), student.name, student.status, student.left_on, student.enrolments]);

/** The class that lists a student today. */
const classOf = (student: Student | undefined): ClassRef | undefined =>
  student && !hasLeft(student) ? refOf(student) : undefined;

/** The classes whose members change in some leaf, with or without a book: none may begin with those of before. */
function touched(steps: readonly Step[]): ClassRef[] {
  const changed = steps.filter(({ at, to }) => at.ref !== to.ref || at.seated !== to.seated);
  return changed.flatMap(({ at, to }) => [at.ref, to.ref]);
}

interface Steps {
  readonly steps: readonly Step[];
  /** The members of today of each class that these touch. */
  readonly rosters: ReadonlyMap<ClassRef, RosterItem>;
}

/**
 * The steps of a move, and the members of the classes that it touches, which are read before any book is: one that begins
 * with them in between raises their version, so that the move is lost and not the student.
 */
async function readFor(move: Move): Promise<Steps> {
  const rosters = new Map<ClassRef, RosterItem>();
  let unread = [classOf(move.before), classOf(move.after)].filter((ref) => ref !== undefined);
  for (;;) {
    await Promise.all([...new Set(unread)].map(async (ref) => rosters.set(ref, await roster(ref))));
    const steps = await stepsOf(move);
    unread = touched(steps).filter((ref) => !rosters.has(ref));
    if (unread.length === 0) return { steps, rosters };
  }
}

/** Seats the student among the members of today, and raises the version of those of every class that is touched. */
function inRosters({ rosters }: Steps, { id, before, after, calendar }: Move, was: Student['was']): Write[] {
  const entered = classOf(after);
  return [...rosters].flatMap(([ref, now]) => {
    const member =
      after && ref === entered ? memberNow({ name: after.name, ...(was && { was }) }, calendar) : undefined;
    const joining = (Number(member !== undefined) - Number(now.members[id] !== undefined)) as -1 | 0 | 1;
    const name = (after && nameOf(after, ref)) ?? (before && nameOf(before, ref));
    return [seat(ref, now, id, member), ...classes.listed(ref, name, joining)];
  });
}

/** That a student is where some steps took them, though the others are yet to be taken. */
function progress({ before, was }: Move, steps: readonly Step[]): Write[] {
  if (!before) return [];
  const { student_id, revision } = before;
  const reached = Object.fromEntries(steps.map(({ term, to }) => [term.id, to.ref]));
  const condition = { when: 'revision = :read', values: { ':read': revision }, otherwise: lostUpdate };
  return [update(studentKey(student_id), { set: { was: { ...was, ...reached }, revision: revision + 1 } }, condition)];
}

/**
 * What is written in the books, where one transaction holds it. After many years there may be more: then some steps are
 * taken by themselves, and whoever commits the rest begins anew, with what is left.
 * @throws LostUpdate
 */
async function inBooks(steps: readonly Step[], move: Move, was: Student['was']): Promise<Write[]> {
  const some: Step[] = [];
  const writes: Write[] = [];
  for (const step of steps) {
    const more = await written(step, move, was);
    if (writes.length + more.length > MOST_AT_ONCE) {
      await apply(table, { writes: [...writes, ...progress(move, some)] });
      throw lostUpdate();
    }
    some.push(step);
    writes.push(...more);
  }
  return writes;
}

/**
 * Takes a student where their stays say that they are, into a first class or out of the last. In each term that is open
 * their sheet goes along into the class that they are in at its end; where they left before it, it stays, and they are no
 * member. In terms that closed they stay where they were.
 * @param before as they were; undefined where they were in no class
 * @param after as they are to be; undefined where they are deleted
 * @param brought what comes onto their sheets, where it lies nowhere in the table
 * @throws LostUpdate
 */
export async function moved(
  before: Student | undefined,
  after: Student | undefined,
  sheets: Sheets = 'go along',
  brought?: ReadonlyMap<string, asides.Aside>,
): Promise<Moved> {
  const { student_id: id, was } = after ?? before ?? {};
  if (id === undefined || (sheets === 'go along' && whereabouts(before) === whereabouts(after)))
    return { was, writes: [] };
  const [calendar, aside] = await Promise.all([
    terms.calendar(),
    brought ?? (sheets === 'come back' ? asides.list(id) : new Map<string, asides.Aside>()),
  ]);
  const move: Move = { id, before, after, was, sheets, aside, calendar };
  let read = await readFor(move);
  const missing = read.steps.filter((step) => after && lacksBook(step, move));
  for (const { term, to } of missing) await classes.openBook(to.ref, term, calendar);
  if (missing.length > 0) read = await readFor(move);
  const then = wasIn(read.steps, move);
  const books = await inBooks(read.steps, move, then);
  return { was: then, writes: [...inRosters(read, move, then), ...books] };
}

import pLimit from 'p-limit';
import type { KeyPart } from '../../../platform/base/key-part.ts';
import { alreadyDone, update, type Write } from '../../../platform/data/write.ts';
import { commit } from '../../../platform/events/commit.ts';
import type { Head, Roster } from '../classes/book.ts';
import { type BookRef, change, headIs, headKey, rosterKey } from '../classes/book-store.ts';
import { type ClassRef, classRef } from '../classes/class-ref.ts';
import * as classes from '../classes/class-store.ts';
import { membersIn, seat } from '../classes/roster-store.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import type { Calendar, Term, Turn } from './term.ts';
import * as terms from './term-store.ts';

/** How many classes are closed before an answer: what is left is finished on schedule. */
const MOST_AT_ONCE = 1000;

/** How many side by side. */
const ABREAST = 8;

async function abreast<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const limit = pLimit(ABREAST);
  await Promise.all(all.map((one) => limit(() => work(one))));
}

/**
 * Closes a book: no write reaches it any more, since each demands that it is open. Its members stay as they are.
 * Neither its generation nor the ranking's marker is raised, since no figure changes.
 */
const closeBook = async (book: BookRef): Promise<void> => {
  const closed = update(headKey(book), { set: { open: false, frozen: true } }, headIs({ open: true }, alreadyDone));
  await commit(table, () => ({ writes: [closed] }));
};

const sameMembers = (a: Roster, b: Roster): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((id) => b[id] !== undefined);

/** Members as they are now, each with where they were in other terms as the book has it. */
const withPast = (now: Roster, then: Roster): Roster =>
  Object.fromEntries(Object.entries(now).map(([id, { name }]) => [id, { ...then[id], name }]));

/** Opens a book again. Its members follow their class once more only if nobody came or went meanwhile. */
const reopenBook = async (book: BookRef, leaf: Term, calendar: Calendar): Promise<void> => {
  await commit(table, async () => {
    const [head, roster, today] = await Promise.all([
      table.get<Head>(headKey(book)),
      table.get<{ members: Roster }>(rosterKey(book)),
      membersIn(book.ref, { ...leaf, state: 'open' }, calendar),
    ]);
    if (!head || head.open) return {};
    if (!roster || !sameMembers(roster.members, today.members))
      return { writes: [update(headKey(book), { set: { open: true } }, headIs({ open: false }, alreadyDone))] };
    const members = withPast(today.members, roster.members);
    const version = head.roster + 1;
    const thawed = change(book, [{ key: rosterKey(book), attributes: { set: { members, version } } }], {
      set: { open: true, frozen: undefined, roster: version },
      condition: headIs({ open: false }, alreadyDone),
    });
    return { writes: [...thawed, seat(book.ref, today)] };
  });
};

/** Writes one step of a leaf's state, from where it stands. */
async function step(id: KeyPart, to: (term: Term) => Write | undefined): Promise<void> {
  await commit(table, async () => {
    const term = (await terms.calendar()).find(id);
    const write = term && to(term);
    return write ? { writes: [write] } : {};
  });
}

/**
 * Closes a leaf for all classes: no book may begin in it, then every book of it closes, then it is closed. Broken off,
 * it is taken up where it stopped by whoever calls again, or on schedule.
 */
export async function closeLeaf({ id }: Term, turn?: Turn): Promise<void> {
  await step(id, (term) => (term.state === 'open' ? terms.turn(term, 'closing', turn) : undefined));
  const refs = await terms.listClasses(id);
  await abreast(refs.slice(0, MOST_AT_ONCE), (ref) => closeBook({ ref, term: id }));
  if (refs.length > MOST_AT_ONCE && turn) return;
  await abreast(refs.slice(MOST_AT_ONCE), (ref) => closeBook({ ref, term: id }));
  await step(id, (term) => (term.state === 'closing' ? terms.turn(term, 'closed') : undefined));
}

/** Opens a leaf again for all classes. */
export async function reopenLeaf(leaf: Term, turn: Turn, calendar: Calendar): Promise<void> {
  const { id } = leaf;
  await abreast(await terms.listClasses(id), (ref) => reopenBook({ ref, term: id }, leaf, calendar));
  await step(id, (term) => terms.turn(term, 'open', turn));
}

/** The classes of these names. @throws class_not_found where one of them is none, before anything is changed */
export async function classesNamed(names: readonly string[]): Promise<ClassRef[]> {
  const found = await Promise.all(names.map((name) => classes.find(classRef(name))));
  return found.map((one) => {
    if (!one) throw problem.class_not_found();
    return one.ref;
  });
}

/** Closes a leaf for some classes. @throws term_closed */
export async function closeClasses(
  leaf: Term,
  turn: Turn,
  refs: readonly ClassRef[],
  calendar: Calendar,
): Promise<void> {
  for (const ref of refs) {
    await classes.openBook(ref, leaf, calendar);
    await closeBook({ ref, term: leaf.id });
  }
  await step(leaf.id, (term) => terms.turn(term, term.state, turn));
}

/** Opens a leaf again for some classes. */
export async function reopenClasses(
  leaf: Term,
  turn: Turn,
  refs: readonly ClassRef[],
  calendar: Calendar,
): Promise<void> {
  for (const ref of refs) await reopenBook({ ref, term: leaf.id }, leaf, calendar);
  await step(leaf.id, (term) => terms.turn(term, term.state, turn));
}

/** Finishes what a crash, or thousands of classes, left half closed. */
export async function finishClosing(): Promise<void> {
  const { terms: all } = await terms.calendar();
  for (const leaf of all.filter(({ state }) => state === 'closing')) await closeLeaf(leaf);
}

import { keyPart } from '../../../platform/base/key-part.ts';
import { type KeyText, key } from '../../../platform/data/key.ts';
import type { Key } from '../../../platform/data/table.ts';
import { absent, lostUpdate, put, remove, update, versionIs, type Write } from '../../../platform/data/write.ts';
import { formerly, wasIn } from '../students/stays.ts';
import type { Student } from '../students/student.ts';
import { studentKey } from '../students/student-key.ts';
import { table } from '../table.ts';
import type { Calendar, Term } from '../terms/term.ts';
import { today } from '../terms/term-store.ts';
import type { Member } from './book.ts';
import { partitionOf, type RosterItem } from './book-store.ts';
import type { ClassRef } from './class-ref.ts';

const rosterOf = (ref: ClassRef): Key => ({ pk: partitionOf(ref), sk: key`ROSTER` });

const NOBODY: RosterItem = { members: {}, version: 0 };

/** Who is in a class today. One read. */
export const roster = async (ref: ClassRef): Promise<RosterItem> =>
  (await table.get<RosterItem>(rosterOf(ref))) ?? NOBODY;

/**
 * Sets or takes away one member of a class as it is today, or changes no more than its version: of whoever read the
 * members before, for a book that begins with them or to move somebody, then only one gets through.
 * @param before the members as they were read
 * @throws LostUpdate
 */
export function seat(ref: ClassRef, before: RosterItem, id?: number, member?: Member): Write {
  const version = before.version + 1;
  if (before.version === 0)
    return put({ ...rosterOf(ref), members: id && member ? { [id]: member } : {}, version }, absent(lostUpdate));
  const entries = id === undefined ? {} : { entries: { members: { [id]: member } } };
  return update(rosterOf(ref), { set: { version }, ...entries }, versionIs(before.version, lostUpdate));
}

/** Those who were in a class once, by their last day in it. */
const formerOf = (ref: ClassRef): KeyText => key`FORMER#${ref}`;

const formerKey = (ref: ClassRef, to: string, id: number): Key => ({
  pk: formerOf(ref),
  sk: key`${keyPart(to)}#${id}`,
});

/** Lets a student be found among those who were in their classes, with their profile, in one transaction. */
export function former(before: Student | undefined, after: Student | undefined): Write[] {
  const keysOf = (student: Student | undefined): Key[] =>
    formerly(student).map(({ ref, to }) => formerKey(ref, to, student?.student_id ?? 0));
  const isIn = (all: readonly Key[], { pk, sk }: Key) => all.some((one) => one.pk === pk && one.sk === sk);
  const [old, wanted] = [keysOf(before), keysOf(after)];
  const gone = old.filter((one) => !isIn(wanted, one));
  const come = wanted.filter((one, i) => !isIn(old, one) && !isIn(wanted.slice(0, i), one));
  return [...gone.map((one) => remove(one)), ...come.map((one) => put({ ...one, student_id: after?.student_id }))];
}

/** Whether the members of a class in a leaf are no longer those of today. */
export const isPast = ({ state, ends_on }: Term): boolean =>
  state !== 'open' || (ends_on !== undefined && ends_on < today());

/** A member with where they were in some terms alone: the others would make the members of every class longer each year. */
function memberWith({ name, was }: Pick<Student, 'name' | 'was'>, isAsked: (term: string) => boolean): Member {
  const some = Object.entries(was ?? {}).filter(([term]) => isAsked(term));
  return { name, ...(some.length > 0 && { was: Object.fromEntries(some) }) };
}

/** A member as a book of a leaf holds them: with where they were in the other terms of its school year. */
export function memberIn(student: Pick<Student, 'name' | 'was'>, leaf: Term, calendar: Calendar): Member {
  const year = calendar.yearOf(leaf);
  return memberWith(student, (term) => calendar.isIn(term, year));
}

/** A member as a class holds them today: with where they were in the terms of school years that are not over yet. */
export const memberNow = (student: Pick<Student, 'name' | 'was'>, calendar: Calendar): Member =>
  memberWith(student, (term) => {
    const found = calendar.find(term);
    return found !== undefined && calendar.stateOf(calendar.yearOf(found)) !== 'closed';
  });

/** The members of a class in a leaf that is over, of those who were in it since: a query, and a batch of their profiles. */
async function membersThen(ref: ClassRef, leaf: Term, calendar: Calendar, now: RosterItem): Promise<RosterItem> {
  const sort = ['sk', '>=', key`${keyPart(leaf.starts_on ?? '0')}`] as const;
  const gone = await table.queryAll<{ student_id: number }>({ partition: ['pk', formerOf(ref)], sort });
  const ids = new Set([...Object.keys(now.members).map(Number), ...gone.map(({ student_id }) => student_id)]);
  const all = await table.getMany<Student>([...ids].map(studentKey));
  const then = all.filter((one) => one.deleted_at === undefined && wasIn(one, ref, leaf, calendar));
  const members = then.toSorted((a, b) => a.student_id - b.student_id);
  return {
    members: Object.fromEntries(members.map((one) => [one.student_id, memberIn(one, leaf, calendar)])),
    version: now.version,
  };
}

/**
 * The members of a class in a leaf in which it has no book: of today, or where the leaf is over of its end, as far as
 * stays were told. One read, two more where it is over. The version is that of today's.
 */
export async function membersIn(ref: ClassRef, leaf: Term, calendar: Calendar): Promise<RosterItem> {
  const now = await roster(ref);
  if (isPast(leaf)) return membersThen(ref, leaf, calendar, now);
  const all = Object.entries(now.members).map(([id, member]) => [id, memberIn(member, leaf, calendar)]);
  return { members: Object.fromEntries(all), version: now.version };
}

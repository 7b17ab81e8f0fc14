import { timestamp } from '../../../platform/base/clock.ts';
import { newId } from '../../../platform/base/ids.ts';
import { cutToKeyPart, type KeyPart } from '../../../platform/base/key-part.ts';
import { key } from '../../../platform/data/key.ts';
import type { Key } from '../../../platform/data/table.ts';
import { type Condition, lostUpdate, put, remove, update, vacant, type Write } from '../../../platform/data/write.ts';
import { refOf } from '../classes/class-ref.ts';
import { former } from '../classes/roster-store.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { DEFAULT_TERM } from '../terms/term.ts';
import * as asides from './aside.ts';
import type { Content } from './enrolment.ts';
import { goneAt, revive } from './erasure.ts';
import * as holders from './holders.ts';
import { moved, type Sheets } from './move.ts';
import { inOrder } from './stays.ts';
import { type NewSpace, type Student, type StudentGone, type StudentTold, wordsOf } from './student.ts';
import { studentKey } from './student-key.ts';

export { partitionOf, studentKey } from './student-key.ts';

/** The profile of a student as it stands, deleted or not. One read. */
export const find = (studentId: number): Promise<Student | undefined> => table.get(studentKey(studentId));

/** The student, unless deletion made them unreachable. */
export const known = (student: Student | undefined): Student | undefined =>
  student?.deleted_at === undefined ? student : undefined;

const phoneKey = (phone: KeyPart): Key => ({ pk: key`PHONE#${phone}`, sk: key`STUDENT` });

/** The student of a phone number, which is one's alone. Two reads. */
export async function byPhone(phone: KeyPart): Promise<Student | undefined> {
  const found = await table.get<{ student_id: number }>(phoneKey(phone));
  const student = found && known(await find(found.student_id));
  return student?.phone === phone ? student : undefined;
}

/** Finds a student by another number than before. One read, where they had one. */
async function phones(before: Student | undefined, after: Student | undefined): Promise<Write[]> {
  const keyOf = (phone: string | undefined) => (phone === undefined ? undefined : phoneKey(cutToKeyPart(phone)));
  const [old, wanted] = [keyOf(before?.phone), keyOf(after?.phone)];
  if (old && wanted && old.pk === wanted.pk) return [];
  const found = old && (await table.get<{ student_id: number }>(old));
  // Somebody else may have it by now, and their message may have come first.
  const isOurs = found?.student_id === before?.student_id;
  return [
    ...(old && isOurs ? [remove(old, stillOf(before?.student_id))] : []),
    ...(wanted ? [put({ ...wanted, student_id: (after as Student).student_id })] : []),
  ];
}

const stillOf = (studentId: number | undefined): Condition => ({
  when: 'student_id = :student',
  values: { ':student': studentId },
  otherwise: lostUpdate,
});

/** Profiles of older versions of Campus carry no revision. */
const revisionOf = (student: Student | undefined): number => student?.revision ?? 0;

function asRead(student: Student | undefined): Condition {
  if (!student) return vacant(lostUpdate);
  if (student.revision !== undefined)
    return { when: 'revision = :read', values: { ':read': student.revision }, otherwise: lostUpdate };
  return { when: 'attribute_exists(pk) AND attribute_not_exists(revision)', otherwise: lostUpdate };
}

/** Puts a profile in place of the one that was read. @throws LostUpdate */
const replace = (before: Student | undefined, after: Omit<Student, 'revision'>): Write =>
  put({ ...studentKey(after.student_id), ...after, revision: revisionOf(before) + 1 }, asRead(before));

/** Whether a profile was written before classes had books, so that its marks stand in none. */
export const isOfOld = (student: Student | undefined): student is Student =>
  student !== undefined && student.revision === undefined;

/**
 * Takes over a profile of old, and what its marks add up to.
 * @param counted what stands on their sheet
 * @param apart what was put apart
 * @throws LostUpdate
 */
export async function takeOver(student: Student, counted: Content, apart: Content | undefined): Promise<Write[]> {
  const { student_id: id } = student;
  const place = { ref: refOf(student), term: DEFAULT_TERM.id };
  const rest = Object.fromEntries(Object.entries(student).filter(([name]) => !OF_OLD.has(name)));
  const profile = { ...rest, ...(student.known_as !== undefined && { known_as: wordsOf(student.name) }) };
  const kept = known(student) ? apart : counted;
  const { writes } = await moved(
    undefined,
    known(student),
    'go along',
    new Map([[place.term, { ...place, content: counted }]]),
  );
  return [
    replace(student, profile as unknown as Student),
    ...(await phones(undefined, known(student))),
    ...(known(student) ? holders.written(undefined, student) : []),
    ...writes,
    ...(kept ? [asides.add(id, place, kept)] : []),
  ];
}

/** What profiles of old held that nothing holds any more: totals of marks, which were not by subject. */
const OF_OLD = new Set(['marks_count', 'weighted_sum', 'coefficient_sum', 'apart', 'pk', 'sk']);

/** Writes a profile, lets it be found by whose it is, and takes the student to where it says that they are. */
async function written(
  before: Student | undefined,
  after: Omit<Student, 'revision'>,
  sheets?: Sheets,
): Promise<Write[]> {
  const { was, writes } = await moved(known(before), known(after as Student), sheets);
  const { was: _, ...rest } = after;
  const profile = { ...rest, ...(was && { was }) };
  return [
    replace(before, profile),
    ...holders.written(before, profile as Student),
    ...(await phones(before, profile as Student)),
    ...former(known(before), known(profile as Student)),
    ...writes,
  ];
}

const isSameWord = ({ name, class_name }: NewSpace, before: Student): boolean =>
  before.name === name && (class_name === undefined || before.class_name === class_name);

/**
 * Opens the space for a student's marks. Marks stay, and so does what registration told of the student; marks that were
 * put apart come back where this names the student as registration does.
 * @param before the profile as it was read
 * @throws student_deleted, LostUpdate
 */
export async function open(space: NewSpace, before: Student | undefined): Promise<Write[]> {
  const { id: student_id, ...particulars } = space;
  const words = wordsOf(space.name);
  if (before?.deleted_at) throw problem.student_deleted();
  if (before?.marks_from && words === wordsOf(before.name)) return bringBack(before);
  if (before && (before.version > 0 || isSameWord(space, before))) return [];
  return written(before, { ...before, student_id, ...particulars, known_as: words, version: 0 });
}

function bringBack(before: Student): Promise<Write[]> {
  const { marks_from: _, ...student } = before;
  return written(before, student, 'come back');
}

/** Whether a space was opened for somebody of another name, so that its marks may be theirs. */
const isAnothers = (before: Student | undefined, told: StudentTold): boolean =>
  before?.version === 0 && before.known_as !== undefined && before.known_as !== wordsOf(told.name);

/**
 * Takes over what registration tells of a student, unless as much or more is known. Where a space was opened for
 * somebody of another name, the marks in it are put apart: they stay in the table, and are neither shown nor counted.
 * @param before the profile as it was read
 * @throws LostUpdate
 */
export async function learn(told: StudentTold, before: Student | undefined): Promise<Write[]> {
  if (before && before.version >= told.version) return [];
  const { id: student_id, ...particulars } = {
    ...told,
    ...(told.enrolments && { enrolments: inOrder(told.enrolments) }),
  };
  const { was, marks_from } = before ?? {};
  const after = { student_id, ...particulars, ...(was && { was }), ...(marks_from && { marks_from }) };
  if (before?.deleted_at !== undefined) return written(await revive(before), after, 'come back');
  if (isAnothers(before, told)) return written(before, { ...after, marks_from: newId() }, 'are set aside');
  return written(before, after);
}

/**
 * Takes a student out of reach, out of their class and its figures, and forgets who they were. Their marks stay for as
 * long as they may be restored.
 * @param before the profile as it was read
 * @throws LostUpdate
 */
export async function forget({ id, version }: StudentGone, before: Student | undefined): Promise<Write[]> {
  if (before && before.version >= version) return [];
  const { was, marks_from } = before ?? {};
  const gone = {
    student_id: id,
    version,
    deleted_at: timestamp(),
    ttl: goneAt(),
    ...(was && { was }),
    ...(marks_from && { marks_from }),
  };
  return written(before, gone as unknown as Student);
}

/** What has a space that `init_student` opened compared by its name as names are folded now. @throws LostUpdate */
export function compared(student: Student): Write[] {
  const { student_id, name, known_as } = student;
  if (known_as === undefined || wordsOf(name) === known_as) return [];
  const isAsRead = { when: 'known_as = :read', values: { ':read': known_as }, otherwise: lostUpdate };
  return [update(studentKey(student_id), { set: { known_as: wordsOf(name) } }, isAsRead)];
}

import { lostUpdate } from '../../../platform/data/write.ts';
import type { Caller } from '../../../platform/http/access.ts';
import { invalidField } from '../../../platform/schema/input.ts';
import { reachIn } from '../classes/access.ts';
import type { Head } from '../classes/book.ts';
import { type BookRef, readParts } from '../classes/book-store.ts';
import { refIn, refOf } from '../classes/class-ref.ts';
import * as classes from '../classes/class-store.ts';
import { type Programme, subjectOf } from '../classes/programme.ts';
import { isPast } from '../classes/roster-store.ts';
import { problem } from '../problems.ts';
import { hasLeft } from '../students/stays.ts';
import type { Student } from '../students/student.ts';
import * as students from '../students/student-store.ts';
import type { Calendar, Term } from '../terms/term.ts';
import * as terms from '../terms/term-store.ts';
import { carryOver } from './carry-over.ts';
import { type Place, recall, remember } from './remembered.ts';

const placeIn = (book: BookRef, head: Head, programme: Programme | undefined): Place => ({
  ...book,
  roster: head.roster,
  programme_version: head.programme,
  programme,
  day: terms.today(),
});

async function lookUp(studentId: number): Promise<Place> {
  const [found, calendar] = await Promise.all([students.find(studentId), terms.calendar()]);
  const student = students.known(found);
  if (!student) throw problem.student_not_found();
  const term = await classes.leafFor(refOf(student), calendar);
  if (!term) throw problem.no_open_term();
  if (hasLeft(student) && student.was?.[term.id] === undefined) throw problem.student_left();
  return (await placeOf(student, term)) ?? placeMade(student, term, calendar);
}

/** The student's place in the book of the class they were in then, if it began and they are among its members. */
async function placeOf(student: Student, term: Term): Promise<Place | undefined> {
  const book = { ref: refIn(student, term.id), term: term.id };
  const { head, members, programme } = await readParts(book);
  if (!head) return undefined;
  if (!head.open) throw problem.term_closed();
  if (members[student.student_id]) return placeIn(book, head, programme);
  if (hasLeft(student)) throw problem.student_left();
  // Nobody joins a book that was closed once.
  if (head.frozen) throw problem.not_in_class_then();
  return undefined;
}

/** The same where the class has no book yet, or the student was known before classes had members. */
async function placeMade(student: Student, term: Term, calendar: Calendar): Promise<Place> {
  await carryOver(student.student_id);
  await classes.openBook(refIn(student, term.id), term, calendar);
  const place = await placeOf(student, term);
  if (place) return place;
  if (hasLeft(student)) throw problem.student_left();
  // A term that is over began with the members of its end: nobody came among them since.
  throw isPast(term) ? problem.not_in_class_then() : lostUpdate();
}

/**
 * Where a student's marks go: the book of their class in the open leaf that holds today. None but a guess where it is
 * remembered, which {@link stillThere} decides; else two round trips, and more for the first mark of a class in a term.
 * @throws student_not_found, no_open_term, term_closed, not_in_class_then, student_left
 */
export async function place(studentId: number): Promise<Place> {
  return recall(studentId) ?? remember(studentId, await lookUp(studentId));
}

const UNKNOWN_SUBJECT = { fr: 'Cette matière n’est pas au programme', en: 'This subject is not in the programme' };

/**
 * Whether what stands in a subject of a class is the caller's to read and to change, though the programme may have lost
 * the subject since.
 * @param notTheirs what is said where nothing of the class is theirs
 * @throws student_not_found or the like; not_your_subject
 */
export function mustReach(
  programme: Programme | undefined,
  subject: string | undefined,
  caller: Caller,
  notTheirs: () => Error = problem.student_not_found,
): void {
  const reach = reachIn(programme, caller);
  if (!reach.any) throw notTheirs();
  if (!reach.subject(subject)) throw problem.not_your_subject();
}

/**
 * Whether a caller may enter marks of a subject in a class.
 * @param notTheirs what is said where nothing of the class is theirs
 * @throws student_not_found or the like; unknown_subject; not_your_subject
 */
export function mustTeach(
  programme: Programme | undefined,
  subject: string | undefined,
  caller: Caller,
  notTheirs: () => Error = problem.student_not_found,
): void {
  if (!reachIn(programme, caller).any) throw notTheirs();
  if (programme && subject !== undefined && !subjectOf(programme, subject))
    throw invalidField('#/subject', 'unknown_subject', UNKNOWN_SUBJECT);
  mustReach(programme, subject, caller, notTheirs);
}

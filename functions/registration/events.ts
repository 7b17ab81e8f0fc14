import { Outbox, relaying } from '../../platform/events/outbox.ts';
import type { OutgoingEvent } from '../../platform/events/outgoing-event.ts';
import { Queue } from '../../platform/events/queue.ts';
import type { School } from './school/school.ts';
import type { Student } from './students/student.ts';
import { table } from './table.ts';

/** What registration tells of its students; the grades service receives it. */
export const outbox = new Outbox('/campus/registration', table, new Queue('STUDENT_EVENTS_QUEUE_URL'));

/** Sends what a crash left behind. */
export const relay = relaying(outbox);

/** The grades service is to know a student. Data: {@link particulars}. */
export const NOTIFIED = 'campus.student.notified';

/** A student that the grades service knows has changed. Data: {@link particulars}. */
export const CHANGED = 'campus.student.changed';

/** A student that the grades service knows is gone. Data: `id`, and a `version` one past their last. */
export const DELETED = 'campus.student.deleted';

/** The school describes itself otherwise. Data: all of it, and a `version`. */
export const SCHOOL_CHANGED = 'campus.school.changed';

/** A student that the grades service knows was deleted by mistake, and is there again. Data: {@link particulars}. */
export const RESTORED = 'campus.student.restored';

/** An import brings marks of a student, whom the grades service is to know. Data: {@link particulars}, `marks`, `by`. */
export const MARKED = 'campus.student.marked';

/** What others are told of a student: whom to call about them is nobody's business. */
const particulars = (student: Student) => {
  const { id, name, class_name, username, guardians, phone, version } = student;
  const { status = 'enrolled', left_on, enrolments = [], matricule, birth_date, birth_place, sex } = student;
  const identity = { matricule, birth_date, birth_place, sex };
  return { id, name, class_name, username, guardians, phone, status, left_on, enrolments, ...identity, version };
};

/** The grades service is to know this student. */
export const studentNotified = (student: Student): OutgoingEvent =>
  outbox.event(NOTIFIED, String(student.id), particulars(student));

/** An import brings marks of a student. @param by who imports */
export const studentMarked = (student: Student, marks: readonly number[], by: string): OutgoingEvent =>
  outbox.event(MARKED, String(student.id), { ...particulars(student), marks, by });

/** A student has changed, told where the grades service knows them. */
export const studentChanged = (student: Student): OutgoingEvent[] =>
  student.notified ? [outbox.event(CHANGED, String(student.id), particulars(student))] : [];

/** A student is gone, told where the grades service knows them; the version is one past their last. */
export const studentDeleted = ({ id, notified, version }: Student): OutgoingEvent[] =>
  notified ? [outbox.event(DELETED, String(id), { id, version: version + 1 })] : [];

/** The school describes itself anew. */
export const schoolChanged = (school: School): OutgoingEvent => outbox.event(SCHOOL_CHANGED, 'school', school);

/** A deleted student is there again, told where the grades service knows them; the version is one past the deletion's. */
export const studentRestored = (student: Student): OutgoingEvent[] =>
  student.notified ? [outbox.event(RESTORED, String(student.id), particulars(student))] : [];

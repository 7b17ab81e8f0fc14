import { type CloudEvent, cloudEvent } from '../../platform/events/cloud-event.ts';
import { Outbox } from '../../platform/events/outbox.ts';
import { Queue } from '../../platform/events/queue.ts';
import type { Student } from './student.ts';
import { table } from './table.ts';

/** What registration tells of its students: written with the change, received by the grades service. */
export const outbox = new Outbox(table, new Queue('STUDENT_EVENTS_QUEUE_URL'));

const about = (type: string, { id }: Student, data: object): CloudEvent =>
  cloudEvent('/campus/registration', `campus.student.${type}`, String(id), data);

const particulars = ({ id, name, class_name, username, phone, version }: Student) => ({
  id,
  name,
  class_name,
  username,
  phone,
  version,
});

/** The grades service is to know this student. */
export const notified = (student: Student): CloudEvent => about('notified', student, particulars(student));

/** A student that the grades service knows has changed. */
export const changed = (student: Student): CloudEvent => about('changed', student, particulars(student));

/** A student that the grades service knows is gone; the version is one past their last. */
export const deleted = (student: Student): CloudEvent =>
  about('deleted', student, { id: student.id, version: student.version });

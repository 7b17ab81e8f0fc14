import * as z from 'zod';
import { IntegerId } from '../../platform/ids.ts';
import { line } from '../../platform/text.ts';
import type { Totals } from './mark.ts';

/** The path of everything that belongs to one student. */
export const StudentPath = z.object({ student_id: IntegerId });

/** `POST /init_student`. */
export const NewSpace = z.strictObject({
  id: z.int().min(1),
  name: line(200),
  class_name: line(100).optional(),
});
export type NewSpace = z.output<typeof NewSpace>;

/** The data of `campus.student.notified` and `campus.student.changed`. What a newer sender adds is passed over. */
export const StudentTold = z.object({
  id: z.int().min(1),
  name: z.string().min(1),
  class_name: z.string().min(1).optional(),
  username: z.string().min(1).optional(),
  phone: z.string().min(1).optional(),
  /** Of the sender's record, from 1: tells which of two messages is the newer. */
  version: z.int().min(1),
});
export type StudentTold = z.output<typeof StudentTold>;

/** The data of `campus.student.deleted`. */
export const StudentGone = StudentTold.pick({ id: true, version: true });
export type StudentGone = z.output<typeof StudentGone>;

/** A student as this context knows them, with what their marks add up to. */
export interface Student extends Totals {
  readonly student_id: number;
  readonly name: string;
  readonly class_name?: string;
  readonly username?: string;
  readonly phone?: string;
  /** The version of registration's record; 0 where only `init_student` told of the student. */
  readonly version: number;
  /** When registration's deletion arrived. The item stays, so that an older message cannot bring the student back. */
  readonly deleted_at?: string;
}

import * as z from 'zod';
import { wordsOf as foldedWords } from '../../../platform/schema/fold.ts';
import { IntegerId } from '../../../platform/schema/identifiers.ts';
import { line } from '../../../platform/schema/text.ts';
import type { ClassRef } from '../classes/class-ref.ts';

/** The path of everything that belongs to one student. */
export const StudentPath = z.object({ student_id: IntegerId });

/** The path under which a student's space is known. */
export const spaceOf = (id: number): string => `/grades/${id}`;

/** `POST /init_student`. */
export const NewSpace = z.strictObject({
  id: z.int().min(1),
  name: line(200),
  class_name: line(100).optional(),
});
export type NewSpace = z.output<typeof NewSpace>;

/** One stay of a student in a class. */
const Enrolment = z.object({
  /** As registration names its school years; terms are found by dates. */
  year: z.string().optional(),
  class_name: z.string().min(1),
  /** The first day, an ISO date. */
  from: z.iso.date(),
  /** The last day; none while it lasts. */
  to: z.iso.date().optional(),
  repeats: z.boolean().optional(),
});
export type Enrolment = z.output<typeof Enrolment>;

/**
 * What registration tells of a student: notified, changed or restored. What a newer sender adds is passed over; an older
 * one tells no stays.
 */
export const StudentTold = z.object({
  id: z.int().min(1),
  name: z.string().min(1),
  class_name: z.string().min(1).optional(),
  username: z.string().min(1).optional(),
  guardians: z.array(z.string().min(1)).optional(),
  phone: z.string().min(1).optional(),
  status: z.string().optional(),
  /** Of who left: the first day without them. */
  left_on: z.iso.date().optional(),
  enrolments: z.array(Enrolment).optional(),
  matricule: z.string().optional(),
  birth_date: z.string().optional(),
  birth_place: z.string().optional(),
  sex: z.string().optional(),
  /** Of the sender's record, from 1: tells which of two messages is the newer. */
  version: z.int().min(1),
});
export type StudentTold = z.output<typeof StudentTold>;

/** What it tells of one who was deleted. */
export const StudentGone = StudentTold.pick({ id: true, version: true });
export type StudentGone = z.output<typeof StudentGone>;

/** The words of a name, in whatever order and spelling of case and accents: by them two names are the same. */
export const wordsOf = (name: string): string => foldedWords(name).sort().join(' ');

/** A student as this context knows them. */
export interface Student {
  readonly student_id: number;
  readonly name: string;
  readonly class_name?: string | undefined;
  readonly username?: string | undefined;
  /** The usernames of those who may see what the student sees. */
  readonly guardians?: readonly string[] | undefined;
  readonly phone?: string | undefined;
  /** `left` of who is at the school no more; any other is a pupil here. */
  readonly status?: string | undefined;
  readonly left_on?: string | undefined;
  /** Their stays in classes, in order; none of whom nobody told any. */
  readonly enrolments?: readonly Enrolment[] | undefined;
  readonly matricule?: string | undefined;
  readonly birth_date?: string | undefined;
  readonly birth_place?: string | undefined;
  readonly sex?: string | undefined;
  /** The version of registration's record; 0 where only `init_student` told of the student. */
  readonly version: number;
  /** Raised by every write of this record, whoever told of the student. */
  readonly revision: number;
  /** In which class they were in the terms where that is not the one of today; of who left, all terms that they sat in. */
  readonly was?: Readonly<Record<string, ClassRef>>;
  /** The words of the name that `init_student` gave, until registration tells of the student. */
  readonly known_as?: string;
  /** Marks of lower ids were entered before registration told of the student, for somebody of another name. */
  readonly marks_from?: string;
  /** When registration's deletion arrived. The item stays, so that an older message cannot bring the student back. */
  readonly deleted_at?: string;
  /** Of who was deleted: when they can no longer be restored, in epoch seconds. */
  readonly ttl?: number;
  /** Of who is being restored: nothing of theirs is to expire any more. */
  readonly reviving?: boolean;
}

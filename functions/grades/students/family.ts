import type { Caller } from '../../../platform/http/access.ts';
import type { Student } from './student.ts';

/** Whether a caller reads as family does: their own, or their child's. */
export const isFamily = (student: Student, caller: Caller): boolean =>
  caller.role !== 'admin' && (!caller.entitled || caller.owns(student) || caller.guards(student));

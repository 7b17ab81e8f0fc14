import { type KeyText, key } from '../../../platform/data/key.ts';
import type { Key } from '../../../platform/data/table.ts';

/** Everything of a student is one partition, so that a single query reads it. */
export const partitionOf = (studentId: number): KeyText => key`STUDENT#${studentId}`;

/** The key of a student's profile. */
export const studentKey = (studentId: number): Key => ({ pk: partitionOf(studentId), sk: key`PROFILE` });

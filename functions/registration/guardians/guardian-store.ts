import { timestamp } from '../../../platform/base/clock.ts';
import { newId } from '../../../platform/base/ids.ts';
import { keyPart } from '../../../platform/base/key-part.ts';
import { type KeyText, key } from '../../../platform/data/key.ts';
import type { Page, Paging } from '../../../platform/data/table.ts';
import { type Item, put, type Write } from '../../../platform/data/write.ts';
import { table } from '../table.ts';
import type { Guardian, Naming } from './guardian.ts';

/** A partition of its own: it is read by few, seldom, and for a month after the student was deleted. */
const partitionOf = (studentId: number): KeyText => key`GUARDIANS#${studentId}`;

/** A page of who named whom as guardians of a student, newest first. One query. */
export const namings = (studentId: number, { limit, after }: Paging): Promise<Page<Naming>> =>
  table.page({ partition: ['pk', partitionOf(studentId)], newestFirst: true, limit, after });

/** The guardians of a student as they were last named, with what they are to them. One query. */
export async function named(studentId: number): Promise<readonly Guardian[]> {
  const { items } = await namings(studentId, { limit: 1, after: undefined });
  return (items[0]?.guardians ?? []) as Guardian[];
}

/** Every line of the history of a student's guardians, as it is stored. */
export const everyNaming = (studentId: number): Promise<Item[]> =>
  table.queryAll({ partition: ['pk', partitionOf(studentId)] });

/** Adds to the history of a student's guardians. @param by the username of the admin who names them */
export function record(studentId: number, guardians: readonly Guardian[], by: string): Write[] {
  const naming = { id: newId(), at: timestamp(), by, guardians };
  return [put({ pk: partitionOf(studentId), sk: key`${keyPart(naming.id)}`, ...naming })];
}

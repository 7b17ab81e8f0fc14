import * as z from 'zod';
import type { KeyPart } from '../../../platform/base/key-part.ts';
import { IntegerId, Uuid } from '../../../platform/schema/identifiers.ts';
import { line, paragraph } from '../../../platform/schema/text.ts';
import { nameKey } from '../classes/programme.ts';
import { decimals, Factor, hundredths } from './decimal.ts';

/** A plain mark, on the scale 0–20 whatever the scale of the class. */
export const Grade = decimals(0, 20);

/** The most plain marks that can be set at once: they and the sums of a term go into one transaction. */
export const MOST_GRADES = 90;

/** What a teacher enters: `POST /add_grade/{student_id}`. */
export const NewMark = z.strictObject({
  grade: Grade,
  subject: line(100).optional(),
  coefficient: Factor.default(1),
  comment: paragraph(500).optional(),
});
export type NewMark = z.output<typeof NewMark>;

/** The path of one result: of a plain mark, or of a student in an assessment. */
export const ResultPath = z.object({ student_id: IntegerId, result_id: Uuid });

/** A mark as it is stored. */
export interface Mark extends NewMark {
  /** UUIDv7: marks sort in the order they were entered. */
  readonly id: string;
  /** The leaf that it stands in; marks of older versions of Campus stand in the one there was. */
  readonly term?: KeyPart;
  /** The username of who entered it. */
  readonly author: string;
  readonly at: string;
  readonly version: number;
  /** It came with an import, and goes with a later one that does not have it. */
  readonly imported?: true;
  /** What it was, the oldest first. */
  readonly history?: readonly Omit<Mark, 'history'>[];
  /** When it was taken away; it stays for its history. */
  readonly removed_at?: string;
}

/** The name under which a subject's sums stand on a sheet; the marks without one stand under no name. */
export const sumOf = (subject: string | undefined): string => (subject === undefined ? '' : nameKey(subject));

type Weighed = Pick<Mark, 'grade' | 'coefficient'> & { readonly subject?: string | undefined };

/** What a plain mark adds to its student's sheet: twice the points times the weight, and the weight, in hundredths. */
export function sumsOf({ grade, coefficient, subject }: Weighed, times: 1 | -1 = 1): Record<string, number> {
  const [points, weight] = [hundredths(grade), hundredths(coefficient) * times];
  const name = sumOf(subject);
  return { [`t#${name}`]: 2 * points * weight, [`w#${name}`]: weight };
}

/** Sums that were made one by one, added up. */
export function addedUp(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const one of all) for (const [name, value] of Object.entries(one)) sums[name] = (sums[name] ?? 0) + value;
  return sums;
}

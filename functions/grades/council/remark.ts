import * as z from 'zod';
import { line, paragraph } from '../../../platform/schema/text.ts';
import { TermId } from '../terms/term.ts';
import { linesOf, outcomesOf } from './sheet.ts';

const Text = paragraph(1000);

/** A line of `PUT /classes/{class_name}/remarks`: null takes the remark away. */
export const NewRemark = z.strictObject({
  student_id: z.int().min(1),
  text: Text.nullable(),
  version: z.int().min(0).optional(),
  // What reading shows beside it: passed over where it is sent back.
  name: z.string().optional(),
  subject: z.string().optional(),
  author: z.string().optional(),
  at: z.string().optional(),
});
export type NewRemark = z.output<typeof NewRemark>;

/** The remarks of a class in one subject. */
export const NewRemarks = linesOf(NewRemark);

/** `PUT /classes/{class_name}/remarks`: in which term, and in which subject. */
export const RemarksQuery = z.object({ term: TermId.optional(), subject: line(100) });

/** `GET`: without a subject, all that are the reader's. */
export const RemarksFilter = RemarksQuery.partial();

const Standing = z.object({
  text: z.string().nullable(),
  version: z.int(),
  author: z.string().optional(),
  at: z.iso.datetime().optional(),
});

/** A remark as it is read, null where there is none: of one student in one subject. */
export const RemarkView = Standing.extend({ student_id: z.int(), name: z.string(), subject: z.string() });

/** What became of the remarks. */
export const RemarkOutcomes = outcomesOf(Standing, z.object({ text: z.string().nullable() }), [
  'student_not_in_class',
  'not_in_subject',
]);
export type RemarkOutcomes = z.input<typeof RemarkOutcomes>;

/** A remark as it is stored; without a text where it was taken away. */
export interface StoredRemark {
  readonly subject: string;
  readonly text?: string | undefined;
  readonly author: string;
  readonly at: string;
  readonly version: number;
}

/** A remark as it stands. */
export const standing = (stored: StoredRemark | undefined): z.input<typeof Standing> => ({
  text: stored?.text ?? null,
  version: stored?.version ?? 0,
  ...(stored && { author: stored.author, at: stored.at }),
});

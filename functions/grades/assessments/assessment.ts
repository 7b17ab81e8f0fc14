import * as z from 'zod';
import { Flag } from '../../../platform/schema/flag.ts';
import { Uuid } from '../../../platform/schema/identifiers.ts';
import { rule } from '../../../platform/schema/rule.ts';
import { line, paragraph } from '../../../platform/schema/text.ts';
import type { Assessment, Score } from '../classes/book.ts';
import { decimal, decimals, Factor } from '../marks/decimal.ts';
import { TermId } from '../terms/term.ts';

/** The most lines of one call: a large class twice over. */
export const MOST_RESULTS = 200;

const Counts = z.enum(['always', 'bonus', 'never']);

/** The points that can be had in an assessment. */
const OutOf = decimals(0.5, 1000);

/** The path of one assessment. */
export const AssessmentPath = z.object({ id: Uuid });

const Settable = {
  subject: line(100),
  category: line(100),
  title: line(200),
  out_of: OutOf,
  coefficient: Factor,
  counts: Counts,
  date: z.iso.date(),
  // Kept to the second in UTC, so that two of them compare as text.
  release_at: z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString()),
};

/** `POST /assessments`. */
export const NewAssessment = z.strictObject({
  class_name: line(100),
  term: TermId.optional(),
  subject: Settable.subject.optional(),
  category: Settable.category.optional(),
  title: Settable.title,
  /** The scale of the class, unless said. */
  out_of: Settable.out_of.optional(),
  coefficient: Settable.coefficient.default(1),
  counts: Settable.counts.default('always'),
  date: Settable.date.optional(),
  release_at: Settable.release_at.optional(),
});
export type NewAssessment = z.output<typeof NewAssessment>;

/** `PATCH /assessments/{id}`, a JSON merge patch (RFC 7396): null takes an optional field away. */
export const AssessmentChange = z.strictObject({
  title: Settable.title.optional(),
  category: Settable.category.nullable().optional(),
  out_of: Settable.out_of.optional(),
  coefficient: Settable.coefficient.optional(),
  counts: Settable.counts.optional(),
  date: Settable.date.nullable().optional(),
  release_at: Settable.release_at.nullable().optional(),
});
export type AssessmentChange = z.output<typeof AssessmentChange>;

/** `GET /assessments`: those of a class, in a term and of a subject if it is said. */
export const AssessmentFilters = z.object({
  class_name: line(100),
  term: TermId.optional(),
  subject: line(100).optional(),
});

/** `DELETE /assessments/{id}`. */
export const Deletion = z.object({ with_results: Flag.optional() });

/** An assessment as the staff reads it. */
export const AssessmentView = z.object({
  id: z.string(),
  class_name: z.string(),
  term: z.string(),
  subject: z.string().optional(),
  category: z.string().optional(),
  title: z.string(),
  out_of: z.number(),
  coefficient: z.number(),
  counts: Counts,
  date: z.iso.date().optional(),
  release_at: z.iso.datetime().optional(),
});
export type AssessmentView = z.input<typeof AssessmentView>;

/** An assessment as the staff reads it. @param where the class and the term in whose book it stands */
export const viewOf = (
  { id, subject, category, title, out_of, coefficient, counts, date, release_at }: Assessment,
  where: { readonly class_name: string; readonly term: string },
): AssessmentView => ({
  ...{ id, ...where, subject, category, title, counts, date, release_at },
  out_of: decimal(out_of),
  coefficient: decimal(coefficient),
});

const Status = z.enum(['absent', 'exempt', 'missing']);

const eitherOr = rule('score_or_status', {
  fr: 'Une note ou un statut, l’un des deux',
  en: 'A score or a status, one of them',
});

/** What is entered of one student: a score, null to take it away, or the status of who has none. */
const Outcome = {
  score: decimals(0, 1000).nullable().optional(),
  status: Status.optional(),
  comment: paragraph(500).optional(),
};

const isOneOf = ({ score, status }: { score?: unknown; status?: unknown }): boolean =>
  (score === undefined) !== (status === undefined);

/** A line of `PUT /assessments/{id}/results`; with `version` only onto the version that was read. */
export const NewResult = z
  .strictObject({ student_id: z.int().min(1), ...Outcome, version: z.int().min(0).optional() })
  .refine(isOneOf, eitherOr);
export type NewResult = z.output<typeof NewResult>;

/** `PUT /grades/{student_id}/{result_id}` on a result of an assessment. */
export const SingleResult = z.strictObject(Outcome).refine(isOneOf, eitherOr);
export type SingleResult = z.output<typeof SingleResult>;

const repeated = rule('repeated_student', {
  fr: 'Cet élève figure déjà dans une ligne précédente',
  en: 'An earlier line names this student already',
});

/** The lines of a whole class, one a student. */
export const NewResults = z
  .array(NewResult)
  .min(1)
  .max(MOST_RESULTS)
  .superRefine((lines, context) => {
    const seen = new Set<number>();
    for (const [i, { student_id }] of lines.entries()) {
      if (seen.has(student_id)) context.addIssue({ code: 'custom', path: [i, 'student_id'], ...repeated });
      seen.add(student_id);
    }
  });

/** A result as it is read: a score or a status; neither where it was taken away. */
export const ResultView = z.object({
  score: z.number().optional(),
  status: Status.optional(),
  comment: z.string().optional(),
  author: z.string(),
  at: z.iso.datetime(),
  version: z.int(),
});

/** A line of `GET /assessments/{id}/results`: a member, and what they have; version 0 where nothing was ever entered. */
export const ResultLine = ResultView.partial({ author: true, at: true }).extend({
  student_id: z.int(),
  name: z.string(),
});

/** What became of one line. */
export const Outcomes = z.array(
  z.object({
    student_id: z.int(),
    result: z.enum(['stored', 'unchanged', 'stale_version', 'refused']),
    /** Why it was refused. */
    code: z.enum(['student_not_in_class', 'score_above_out_of']).optional(),
    /** What stands now; of a stale line, what somebody else entered. */
    current: ResultView.optional(),
  }),
);
export type Outcomes = z.input<typeof Outcomes>;

/** A result as it is stored: the truth, of which the sheet holds the score. */
export interface StoredResult {
  readonly assessment: string;
  readonly term: string;
  /** Undefined where it was taken away. */
  readonly result?: Score;
  readonly comment?: string | undefined;
  readonly author: string;
  readonly at: string;
  readonly version: number;
  readonly history: readonly Omit<StoredResult, 'assessment' | 'term' | 'history'>[];
}

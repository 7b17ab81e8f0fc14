import * as z from 'zod';
import { rule } from '../../../platform/schema/rule.ts';
import { line, paragraph } from '../../../platform/schema/text.ts';
import { decimals } from '../marks/decimal.ts';
import { TermId } from '../terms/term.ts';

/** The most lines of one call: a large class twice over. */
const MOST_LINES = 200;

/** What becomes of a student after a school year. */
export const Decision = z.enum(['promoted', 'repeats', 'conditional', 'leaves']);

/** What a class council says of a student. Absences in whatever the school counts them in: half days, hours. */
const Word = {
  remark: paragraph(1000),
  absences_excused: decimals(0, 2000),
  absences_unexcused: decimals(0, 2000),
  late: z.int().min(0).max(2000),
  conduct: line(100),
  mention: line(60),
  decision: Decision,
};

/** The names of what a sheet says. */
export const WORDS = Object.keys(Word) as readonly (keyof typeof Word)[];

/** What a sheet says, as far as it says it. */
export const Words = z.object(Word).partial();
export type Words = z.output<typeof Words>;

const optional = <T extends z.ZodType>(schema: T) => schema.nullable().optional();

/** What reading shows beside a sheet: passed over where it is sent back. */
const BESIDE = {
  name: z.string().optional(),
  general: z.number().optional(),
  proposed_mention: z.string().optional(),
  author: z.string().optional(),
  at: z.string().optional(),
};

/** A line of `PUT /classes/{class_name}/sheets`: what is left out stays, null takes it away. */
export const NewSheet = z.strictObject({
  student_id: z.int().min(1),
  remark: optional(Word.remark),
  absences_excused: optional(Word.absences_excused),
  absences_unexcused: optional(Word.absences_unexcused),
  late: optional(Word.late),
  conduct: optional(Word.conduct),
  mention: optional(Word.mention),
  decision: optional(Word.decision),
  version: z.int().min(0).optional(),
  ...BESIDE,
});
export type NewSheet = z.output<typeof NewSheet>;

const repeated = rule('repeated_student', {
  fr: 'Cet élève figure déjà dans une ligne précédente',
  en: 'An earlier line names this student already',
});

/** Lines of a class, one a student. */
export const linesOf = <L extends z.ZodType<{ student_id: number }>>(schema: L) =>
  z
    .array(schema)
    .min(1)
    .max(MOST_LINES)
    .superRefine((lines, context) => {
      const seen = new Set<number>();
      for (const [i, { student_id }] of lines.entries()) {
        if (seen.has(student_id)) context.addIssue({ code: 'custom', path: [i, 'student_id'], ...repeated });
        seen.add(student_id);
      }
    });

/** The sheets of a class. */
export const NewSheets = linesOf(NewSheet);

/** Of which term; without it the one that is open today. */
export const TermQuery = z.object({ term: TermId.optional() });

/** Who wrote something last, and when; nobody yet where the version is 0. */
const Written = { version: z.int(), author: z.string().optional(), at: z.iso.datetime().optional() };

/** A sheet as it stands. */
export const StandingSheet = Words.extend(Written);

/** A sheet as the council reads it. */
export const SheetView = StandingSheet.extend({
  student_id: z.int(),
  name: z.string(),
  /** The printed average of the term. */
  general: z.number().optional(),
  /** The mention that the programme proposes for it. */
  proposed_mention: z.string().optional(),
});

/** What became of a line. @param standing what stands, or was sent */
export const outcomesOf = <S extends z.ZodType, T extends z.ZodType, C extends readonly [string, ...string[]]>(
  standing: S,
  sent: T,
  codes: C,
) =>
  z.array(
    z.object({
      student_id: z.int(),
      result: z.enum(['stored', 'unchanged', 'stale_version', 'refused']),
      /** Why it was refused. */
      code: z.enum(codes).optional(),
      /** What stands now; of a stale line, what somebody else wrote. */
      current: standing.optional(),
      /** Of a stale line, what this one says. */
      sent: sent.optional(),
    }),
  );

/** What became of the sheets. */
export const SheetOutcomes = outcomesOf(StandingSheet, Words, ['student_not_in_class', 'decision_needs_year']);
export type SheetOutcomes = z.input<typeof SheetOutcomes>;

/** A sheet as it is stored. */
export interface StoredSheet extends Words {
  readonly author: string;
  readonly at: string;
  readonly version: number;
}

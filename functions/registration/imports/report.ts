import * as z from 'zod';
import { FIELDS } from './columns.ts';

/** The most rows that are told of one by one; the file to mend has all of them. */
export const MOST_TOLD = 1_000;

const Told = z.object({
  /** As the spreadsheet numbers it, from 1. */
  row: z.int(),
  /** Null where it is about the row as a whole. */
  field: z.enum(FIELDS).nullable(),
  code: z.string(),
  detail: z.string(),
});

/** Something that is wrong with a field of a row. */
export type RowError = z.output<typeof Told>;

/** What an import comes to. */
export const Report = z.object({
  dry_run: z.boolean(),
  /** Rows that make a student, or change one. */
  accepted: z.int(),
  /** Rows of which all stands already. */
  unchanged: z.int(),
  /** Rows that nothing was made of. */
  rejected: z.int(),
  errors: z.array(Told),
  /** How many errors there are beyond those told. */
  more_errors: z.int(),
  /** What was noticed of rows that are not rejected for it: an average that the marks do not come to. */
  warnings: z.array(Told),
  /** What each column was taken for; null for one that is not read. */
  columns: z.array(z.object({ header: z.string(), field: z.enum(FIELDS).nullable() })),
  /** The rejected rows as a CSV file, to mend and send again; null where there are none. */
  failed_rows: z.string().nullable(),
});
export type Report = z.output<typeof Report>;

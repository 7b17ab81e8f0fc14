import * as z from 'zod';
import { Uuid } from '../../../platform/schema/identifiers.ts';
import type { FIELDS } from './columns.ts';
import { ColumnNames, HeaderRow } from './hints.ts';
import { Report } from './report.ts';

/** The most bytes and rows of a file that is uploaded. */
export const MOST_BYTES = 32 * 1024 * 1024;
export const MOST_ROWS = 100_000;

/** The path of one import. */
export const ImportPath = z.object({ id: Uuid });

/** `POST /imports`: what is to be uploaded, and how it is to be read. */
export const NewImport = z.strictObject({
  /** The size of the file: the upload takes exactly so many. */
  bytes: z.int().min(1).max(MOST_BYTES),
  dry_run: z.boolean().default(false),
  /** What each column is, in order, where its header does not say. */
  columns: ColumnNames.optional(),
  header_row: HeaderRow.optional(),
});
export type NewImport = z.output<typeof NewImport>;

/** Where an import stands: its file is awaited, it is under way, it is done, or nothing could be made of its file. */
const State = z.enum(['waiting', 'running', 'done', 'failed']);

/** An import as it is shown. Errors and columns are told once it is done. */
export const ImportView = z.object({
  id: z.uuid(),
  state: State,
  by: z.string(),
  created_at: z.iso.datetime(),
  bytes: z.int(),
  /** How many the file has; null until it is read. */
  rows: z.int().nullable(),
  rows_done: z.int(),
  ...Report.shape,
  /** Where the rejected rows can be fetched for an hour; null where there are none. */
  failed_rows_url: z.url().nullable(),
  /** Why it failed. */
  refusal: z.object({ code: z.string(), detail: z.string() }).nullable(),
});
export type ImportView = z.input<typeof ImportView>;

/** The request by which the file is uploaded, with exactly these headers. */
const Upload = z.object({
  method: z.literal('PUT'),
  url: z.url(),
  headers: z.record(z.string(), z.string()),
  expires_at: z.iso.datetime(),
});

/** A new import, and how its file is to be uploaded. */
export const ImportToUpload = ImportView.extend({ upload: Upload });

/** An import as it is stored. */
export interface Import extends NewImport {
  readonly id: string;
  readonly by: string;
  readonly created_at: string;
  /** In which its report is written. */
  readonly language: 'fr' | 'en';
  readonly state: z.output<typeof State>;
  readonly rows?: number;
  /** So many rows, from the first, are imported for good. */
  readonly rows_done: number;
  readonly accepted: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** Which parts of the report there are, by the row that they begin with. */
  readonly parts: readonly number[];
  readonly columns_read?: readonly { readonly header: string; readonly field: (typeof FIELDS)[number] | null }[];
  readonly refusal?: { readonly code: string; readonly detail: string };
  readonly version: number;
}

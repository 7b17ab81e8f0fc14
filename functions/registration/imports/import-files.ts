import pLimit from 'p-limit';
import { Bucket, type PresignedUpload, type StoredObject } from '../../../platform/aws/bucket.ts';
import type { Column } from './columns.ts';
import { failedHeader } from './failed-rows.ts';
import type { Import } from './import.ts';
import { NOTHING, sumOf, type Tally } from './tally.ts';

const files = new Bucket('REGISTRATION_FILES');

/** For how long a file can be uploaded, and the rejected rows fetched. */
export const GOOD_SECONDS = 3600;

const TYPE = 'application/octet-stream';
const CSV = 'text/csv; charset=utf-8';
const AT_ONCE = 16;

const uploadKey = ({ id }: Import): string => `imports/${id}/file`;
const reportKey = ({ id }: Import): string => `imports/${id}/report.json`;
const failedKey = ({ id }: Import): string => `imports/${id}/failed.csv`;
const partKey = ({ id }: Import, from: number): string => `imports/${id}/parts/${from}.json`;

/** What some rows came to beyond numbers, and which of them were rejected. */
export interface Part {
  readonly tally: Tally;
  /** Their lines of the file to mend. */
  readonly lines: string;
  readonly rejected: readonly number[];
}

/** The request by which the file of an import is uploaded. */
export const upload = (one: Import): PresignedUpload =>
  files.presignPut(uploadKey(one), { bytes: one.bytes, type: TYPE, expiresIn: GOOD_SECONDS });

/** What was uploaded, if anything was. */
export const uploaded = (one: Import): Promise<StoredObject | undefined> => files.describe(uploadKey(one));

/** The file of an import. */
export const fileOf = (one: Import): Promise<Buffer | undefined> => files.read(uploadKey(one));

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** Keeps a part of a report; once more, it is the same. */
export const keepPart = (one: Import, from: number, part: Part): Promise<void> =>
  files.put(partKey(one, from), json(part), 'application/json');

/** The parts of a report so far, in their order. */
export function partsOf(one: Import): Promise<Part[]> {
  const limit = pLimit(AT_ONCE);
  return Promise.all(
    one.parts.map((from) =>
      limit(async () => JSON.parse(String((await files.read(partKey(one, from))) ?? '')) as Part),
    ),
  );
}

/** Writes the report of an import of which all rows are done, and the rows to mend. */
export async function keepReport(one: Import, columns: readonly Column[]): Promise<void> {
  const parts = await partsOf(one);
  const { errors, more_errors, warnings } = parts.reduce<Tally>((sum, { tally }) => sumOf(sum, tally), NOTHING);
  await files.put(reportKey(one), json({ errors, more_errors, warnings }), 'application/json');
  const lines = parts.map((part) => part.lines).join('');
  if (lines !== '') await files.put(failedKey(one), Buffer.from(failedHeader(columns, one.language) + lines), CSV);
}

/** What a report says beyond numbers. */
type Told = Pick<Tally, 'errors' | 'more_errors' | 'warnings'>;

const NONE: Told = { errors: [], more_errors: 0, warnings: [] };

/** The report of an import that is done. */
export async function reportOf(one: Import): Promise<Told> {
  const stored = one.state === 'done' ? await files.read(reportKey(one)) : undefined;
  return stored ? (JSON.parse(String(stored)) as Told) : NONE;
}

/** The most of the rejected rows that an answer holds. */
const MOST_INLINE = 1024 * 1024;

/** The rejected rows of an import that is done, where they fit into an answer; and the address of all of them. */
export async function failedRowsOf(
  one: Import,
): Promise<{ failed_rows: string | null; failed_rows_url: string | null }> {
  const stored = one.state === 'done' && one.rejected > 0 ? await files.describe(failedKey(one)) : undefined;
  if (!stored) return { failed_rows: null, failed_rows_url: null };
  const fits = stored.bytes <= MOST_INLINE;
  return {
    failed_rows: fits ? String(await files.read(failedKey(one))) : null,
    failed_rows_url: files.presignGet(failedKey(one), GOOD_SECONDS),
  };
}

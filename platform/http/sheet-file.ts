import * as z from 'zod';
import { timestamp } from '../base/clock.ts';
import { currentScope } from '../base/scope.ts';
import { FORMATS, FormatName } from '../files/formats.ts';
import type { Batches, Sheet, Style } from '../files/sheet.ts';
import { Flag } from '../schema/flag.ts';
import { type Answer, file } from './answer.ts';
import { Bytes, type Chunks, type Streamed, streamed, Text } from './content.ts';

/** What every table that can be had as a file understands, beside its filters. */
export const SheetQuery = z.object({
  format: FormatName.meta({
    param: {
      description:
        '`csv`: commas and decimal points. `csv-excel`: semicolons, decimal commas and a byte order mark, which a French Excel opens by a double click. `pdf`: some of its columns, to be printed, 4,000 lines at most',
    },
  }),
  bom: Flag.optional().meta({
    param: { description: 'Whether CSV begins with a byte order mark: only for `csv-excel` unless said' },
  }),
});
type SheetQuery = z.output<typeof SheetQuery>;

/** The answer of an operation that gives {@link sheetFile}. @param row what a row of JSON is */
export const sheetOf = (row: z.ZodType): Streamed =>
  streamed({
    [FORMATS.csv.type]: Text,
    [FORMATS.xlsx.type]: Bytes,
    [FORMATS.json.type]: z.array(row),
    [FORMATS.pdf.type]: Bytes,
  });

/**
 * A table as a file in the format that is asked for, in the reader's language, named after what it holds and today.
 * @param school whose head stands on a printed one
 */
export function sheetFile<T>(
  sheet: Sheet<T>,
  batches: Batches<T>,
  { format, bom }: SheetQuery,
  school: Style['school'],
): Answer<200, Chunks> {
  const language = currentScope()?.language ?? 'fr';
  const { type, ending, write } = FORMATS[format];
  const name = `${sheet.title[language]} ${timestamp().slice(0, 10)}.${ending}`;
  return file(write(batches, sheet, { language, bom, school }), { type, name });
}

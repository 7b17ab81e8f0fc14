import { parse } from 'csv-parse/sync';
import { unguarded } from '../../platform/files/formula.ts';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';

/** A line of a file: its cells by the names of its heading, and its number there. */
export interface CsvLine {
  readonly cells: Readonly<Record<string, string | undefined>>;
  readonly at: number;
}

/** Where a file is wrong, said with its line. */
export const wrongLine = (at: number, { en, fr }: { readonly en: string; readonly fr: string }): Misuse =>
  new Misuse(words(`line ${at}: ${en}`, `ligne ${at} : ${fr}`));

/**
 * The lines of a CSV file below its heading: with commas, or semicolons as French spreadsheets write them, and with the
 * guard taken off that `--csv` puts before formulas.
 * @throws Misuse when it is no CSV
 */
export function csvLines(text: string): CsvLine[] {
  const [heading = ''] = text.split(/\r?\n/, 1);
  try {
    const rows = parse(text, {
      bom: true,
      columns: true,
      info: true,
      delimiter: heading.includes(';') ? ';' : ',',
      skip_empty_lines: true,
      relax_column_count: true,
      trim: true,
    }) as unknown as { record: Record<string, string>; info: { lines: number } }[];
    return rows.map(({ record, info }) => ({
      cells: Object.fromEntries(Object.entries(record).map(([name, cell]) => [name, unguarded(cell)])),
      at: info.lines,
    }));
  } catch (error) {
    const { message } = error as Error;
    throw new Misuse(words(`this is no CSV: ${message}`, `ce n'est pas du CSV : ${message}`));
  }
}

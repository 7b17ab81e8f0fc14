import type { Options } from 'csv-parse/sync';
import { onDemand } from '../../../platform/base/on-demand.ts';
import { type Cell, type SheetRow, textCell } from './sheet.ts';

const DELIMITERS = [';', ',', '\t', '|'] as const;

/** As much of a text as is looked at to find out what separates its cells. */
const SAMPLE = 16_384;

/** What Excel reads, and nobody else: `sep=;` before everything. */
const SAID = /^sep=(.)\r?\n/i;

const options = (delimiter: string): Options => ({
  delimiter,
  // Whatever spreadsheets and people do to quotes: a cell that only looks quoted is as it stands.
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: false,
  info: false,
});

/** The lines of a text, cut where they end in whatever way: old Macs end them with a carriage return alone. */
const withLineFeeds = (text: string): string => (text.includes('\n') ? text : text.replaceAll('\r', '\n'));

type Csv = typeof import('csv-parse/sync');

const parse = (text: string, chosen: Options): string[][] =>
  // Nobody reads it who sends a workbook, or only asks how an import goes.
  onDemand<Csv>('csv-parse/sync').parse(text, chosen) as unknown as string[][];

/** The records of a text; where its quotes cannot be made sense of, they are taken for letters. */
function records(text: string, delimiter: string): string[][] {
  try {
    return parse(text, options(delimiter));
  } catch {
    return parse(text, { ...options(delimiter), quote: null });
  }
}

/** How well a text falls into columns: into how many, and whether into the same number line after line. */
function merit(sample: string, delimiter: string): number {
  const widths = records(sample, delimiter)
    .slice(0, 40)
    .map(({ length }) => length)
    .filter((width) => width > 1);
  if (widths.length === 0) return 0;
  const usual = Math.max(...[...Map.groupBy(widths, (width) => width).values()].map(({ length }) => length));
  return usual + Math.min(widths.length, 3) / 10;
}

/** What separates the cells of a text: what says so, else what makes the most even columns; a semicolon before a comma. */
function delimiterOf(text: string): string {
  const sample = text.slice(0, SAMPLE);
  const whole = text.length > SAMPLE ? sample.slice(0, sample.lastIndexOf('\n') + 1) || sample : sample;
  const merits = DELIMITERS.map((delimiter) => [delimiter, merit(whole, delimiter)] as const);
  return merits.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

/** A list that a program wrote without quotes, `[12.0, 15]`, is one cell though the delimiter stands in it. */
function joinedLists(cells: readonly string[], delimiter: string): string[] {
  const joined: string[] = [];
  for (const cell of cells) {
    const open = joined.at(-1);
    if (open !== undefined && /^\s*\[[^\]]*$/.test(open)) joined[joined.length - 1] = open + delimiter + cell;
    else joined.push(cell);
  }
  return joined;
}

const isOfList = (cells: readonly string[]): boolean => cells.some((cell) => /^\s*\[[^\]]*$/.test(cell));

/** The rows of a text that separates its cells by whatever it separates them by. */
export function csvRows(text: string): SheetRow[] {
  const said = SAID.exec(text);
  const rest = withLineFeeds(said ? text.slice(said[0].length) : text);
  const delimiter = said?.[1] ?? delimiterOf(rest);
  const first = said ? 2 : 1;
  return records(rest, delimiter).map((record, i) => {
    const cells = isOfList(record) ? joinedLists(record, delimiter) : record;
    return { row: first + i, cells: cells.map((cell): Cell => textCell(cell)) };
  });
}

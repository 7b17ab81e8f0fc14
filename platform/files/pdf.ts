import { timestamp } from '../base/clock.ts';
import type { Language } from '../base/language.ts';
import { letterhead } from '../pdf/letterhead.ts';
import { type ListColumn, MOST_ROWS, printList } from '../pdf/list.ts';
import { day, figure, plain } from '../pdf/written.ts';
import { type Batches, type Cell, type Column, type Format, type Sheet, type Style, spelt } from './sheet.ts';

/** As many rows as a document may have, and one more where there are: it is then refused. */
async function rowsOf<T>(batches: Batches<T>): Promise<T[]> {
  const rows: T[] = [];
  for await (const batch of batches) {
    rows.push(...batch);
    if (rows.length > MOST_ROWS) break;
  }
  return rows;
}

/** The cells of a column as they are printed: numbers all with decimals, or none. */
function written(cells: readonly Cell[], { kind }: Pick<Column<never>, 'kind'>, language: Language): string[] {
  const number = cells.some((cell) => typeof cell === 'number' && !Number.isInteger(cell)) ? figure : plain;
  return cells.map((cell) => {
    if (cell === undefined) return '';
    if (typeof cell === 'boolean') return spelt(cell, language);
    if (typeof cell === 'number') return number(cell, language);
    return kind === 'day' && cell !== '' ? day(cell, language) : cell;
  });
}

/** The columns that go onto paper: a table that marks none has few enough. */
function onPaper<T>({ columns }: Sheet<T>): readonly Column<T>[] {
  const marked = columns.filter(({ printed }) => printed);
  return marked.length > 0 ? marked : columns;
}

/**
 * The table as a document, under the school's head: whole at once, since pages are known when the last row is.
 * @throws list_too_long, printing_unavailable before the first piece
 */
async function* write<T>(
  batches: Batches<T>,
  sheet: Sheet<T>,
  { language, school }: Style,
): AsyncGenerator<Uint8Array> {
  const [found, rows] = await Promise.all([school(), rowsOf(batches)]);
  const columns = onPaper(sheet);
  const cells = columns.map((column) => rows.map((row) => column.of(row, language)));
  const listed = columns.map(
    ({ header, width }, i): ListColumn => ({
      ...{ label: header[language], width },
      side: cells[i]?.some((cell) => typeof cell === 'number') ? 'right' : 'left',
    }),
  );
  const texts = columns.map((column, i) => written(cells[i] ?? [], column, language));
  const lines = rows.map((_, at) => texts.map((column) => column[at] ?? ''));
  const list = {
    ...{ school: letterhead(found, language), logo: found.logo, title: sheet.title[language] },
    ...{ subtitle: day(timestamp(), language), columns: listed, rows: lines },
  };
  yield await printList(list, language);
}

export const pdf: Format = { type: 'application/pdf', ending: 'pdf', write };

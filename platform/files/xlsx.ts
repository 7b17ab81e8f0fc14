import {
  type Batches,
  type Cell,
  type Column,
  type Format,
  headersOf,
  type Sheet,
  type Style,
  spelt,
} from './sheet.ts';

type Typed = string | number | Date | null;

/** What a spreadsheet is to calculate with: days are dates, the first moment of them. */
function typed(cell: Cell, { kind }: Pick<Column<unknown>, 'kind'>, { language }: Style): Typed {
  if (cell === undefined) return null;
  if (typeof cell === 'boolean') return spelt(cell, language);
  return kind === 'day' && typeof cell === 'string' ? new Date(`${cell}T00:00:00Z`) : cell;
}

async function* rowsOf<T>(batches: Batches<T>, { columns }: Sheet<T>, style: Style): AsyncGenerator<Typed[]> {
  for await (const batch of batches)
    for (const row of batch) yield columns.map((column) => typed(column.of(row, style.language), column, style));
}

async function* written<T>(batches: Batches<T>, sheet: Sheet<T>, style: Style) {
  // Loaded where a file is written: no other start pays for it.
  const { writeXlsxStream } = await import('hucre/xlsx');
  const headers = headersOf(sheet, style.language);
  const columns = sheet.columns.map(({ width, kind }, i) => ({
    header: headers[i] ?? '',
    width,
    ...(kind === 'day' && { numFmt: 'yyyy-mm-dd' }),
  }));
  yield* writeXlsxStream(rowsOf(batches, sheet, style), {
    name: sheet.title[style.language],
    columns,
    freezePane: { rows: 1 },
  });
}

/** Excel's own: cells with their types, so that a phone number keeps its plus; the header stays in sight. */
export const xlsx: Format = {
  type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ending: 'xlsx',
  write: written,
};

import type { Language } from '../base/language.ts';
import { guarded } from './formula.ts';
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

/** How one kind of CSV spells what others spell otherwise. */
interface Dialect {
  readonly delimiter: ',' | ';';
  readonly decimal: '.' | ',';
  readonly bom: boolean;
}

function text(cell: Cell, { decimal }: Dialect, language: Language): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell).replace('.', decimal);
  return typeof cell === 'boolean' ? spelt(cell, language) : guarded(cell);
}

const BOM = '\ufeff';

/** RFC 4180: lines end with CR LF, and a field is quoted where it must be. */
async function* written<T>(batches: Batches<T>, sheet: Sheet<T>, style: Style, dialect: Dialect) {
  // Loaded where a file is written: no other start pays for it.
  const { stringify } = await import('csv-stringify/sync');
  const { delimiter } = dialect;
  const lines = (rows: string[][]): string =>
    stringify(rows, { delimiter, record_delimiter: '\r\n', quoted_match: /[\r\n]/ });
  const row = (one: T) =>
    sheet.columns.map((column: Column<T>) => text(column.of(one, style.language), dialect, style.language));
  yield ((style.bom ?? dialect.bom) ? BOM : '') + lines([headersOf(sheet, style.language)]);
  for await (const batch of batches) if (batch.length > 0) yield lines(batch.map(row));
}

const format = (dialect: Dialect): Format => ({
  type: 'text/csv; charset=utf-8; header=present',
  ending: 'csv',
  write: (batches, sheet, style) => written(batches, sheet, style, dialect),
});

/** For programs: commas, decimal points, no byte order mark unless it is asked for. */
export const csv = format({ delimiter: ',', decimal: '.', bom: false });

/** For a double click in a country that writes 12,5: semicolons, decimal commas, and the mark by which Excel knows UTF-8. */
export const csvForExcel = format({ delimiter: ';', decimal: ',', bom: true });

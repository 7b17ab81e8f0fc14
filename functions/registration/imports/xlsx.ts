import type { Sheet } from 'hucre/xlsx';
import { type Cell, CellFault, isBlank, type SheetRow, textCell } from './sheet.ts';
import { Unreadable } from './unreadable.ts';
import { inspected } from './zip.ts';

type Values = (Cell | undefined)[];

/** Errors of a formula and formulas that nobody computed are told where they stand; of the others the value counts. */
function markFaults({ cells }: Sheet, rows: Values[]): void {
  for (const [at, { type, value }] of cells ?? []) {
    const [row = 0, column = 0] = at.split(',').map(Number);
    const cell = rows[row];
    if (!cell) continue;
    if (type === 'error') cell[column] = new CellFault('cell_error');
    else if (type === 'formula' && (value === null || value === undefined))
      cell[column] = new CellFault('formula_without_value');
  }
}

/** What is written once for several rows counts for each of them; what lies across columns is a title. */
function spreadMerges({ merges = [] }: Sheet, rows: Values[]): void {
  for (const { startRow, endRow, startCol, endCol } of merges) {
    if (startCol !== endCol) continue;
    const value = rows[startRow]?.[startCol];
    for (let row = startRow + 1; row <= Math.min(endRow, rows.length - 1); row += 1) {
      const cells = rows[row];
      if (cells) cells[startCol] = value;
    }
  }
}

const asCell = (value: Cell | undefined): Cell => (typeof value === 'string' ? textCell(value) : (value ?? null));

function rowsOf(sheet: Sheet): SheetRow[] {
  const rows = sheet.rows as Values[];
  markFaults(sheet, rows);
  spreadMerges(sheet, rows);
  return rows.map((cells, i) => ({ row: i + 1, cells: Array.from(cells, asCell) }));
}

const isWorkbook = (names: readonly string[]): boolean => names.includes('[Content_Types].xml');

/**
 * The rows of the first sheet that somebody sees and on which anything stands.
 * @throws Unreadable
 */
export async function xlsxRows(file: Uint8Array): Promise<SheetRow[]> {
  if (!isWorkbook(inspected(file))) throw new Unreadable('not_a_table');
  // A file of its own in the bundle, which nobody reads who sends a CSV.
  const { readXlsx } = await import('hucre/xlsx');
  const isSeen = ({ hidden, veryHidden }: { hidden?: boolean; veryHidden?: boolean }) => !hidden && !veryHidden;
  const workbook = await readXlsx(file, { sheets: isSeen }).catch((error: unknown) => {
    throw new Unreadable('broken_workbook', undefined, error);
  });
  const all = workbook.sheets.map(rowsOf);
  return all.find((rows) => rows.some(({ cells }) => !cells.every(isBlank))) ?? [];
}

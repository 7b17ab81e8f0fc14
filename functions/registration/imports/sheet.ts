/** What stands in a cell: nothing, text, a number, a day; or why nothing can be read of it. */
export type Cell = null | string | number | boolean | Date | CellFault;

/** Why a cell cannot be read. */
export type CellFaultCode = 'formula_without_value' | 'cell_error' | 'cell_too_long';

/** A cell that cannot be read. */
export class CellFault {
  readonly code: CellFaultCode;

  constructor(code: CellFaultCode) {
    this.code = code;
  }
}

/** A row with its number as the program shows it, from 1. */
export interface SheetRow {
  readonly row: number;
  readonly cells: readonly Cell[];
}

/** The most characters that a cell may have. */
export const LONGEST_CELL = 10_000;

/** The most columns that a sheet may have. */
export const MOST_COLUMNS = 200;

/** Whether nothing stands in a cell. */
export const isBlank = (cell: Cell | undefined): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');

/** A cell of text, as far as it is read. */
export const textCell = (text: string): Cell =>
  text.length > LONGEST_CELL ? new CellFault('cell_too_long') : text === '' ? null : text;

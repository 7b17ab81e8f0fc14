import type { Language } from '../../../platform/base/language.ts';
import { guarded } from '../../../platform/files/formula.ts';
import type { Column } from './columns.ts';
import type { RowError } from './report.ts';
import { type Cell, CellFault } from './sheet.ts';

const ERRORS = { fr: 'Erreurs', en: 'Errors' };

const textOf = (cell: Cell | undefined): string => {
  if (cell === null || cell === undefined || cell instanceof CellFault) return '';
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
};

const quoted = (text: string): string => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A line of a CSV file. */
const line = (cells: readonly string[]): string => `${cells.map((cell) => quoted(guarded(cell))).join(';')}\r\n`;

/** The first line, which names the columns by what they were read as: read again, they are that. */
export const failedHeader = (columns: readonly Column[], language: Language): string =>
  `\ufeff${line([...columns.map(({ header, field }) => (field === null ? header : field)), ERRORS[language]])}`;

/** A rejected row as it stood, with what is wrong with it at its end. */
export const failedLine = (
  columns: readonly Column[],
  cells: readonly Cell[],
  errors: readonly Pick<RowError, 'field' | 'detail'>[],
): string =>
  line([
    ...columns.map((_, i) => textOf(cells[i])),
    errors.map(({ field, detail }) => (field === null ? detail : `${field} : ${detail}`)).join(' · '),
  ]);

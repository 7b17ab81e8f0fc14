import { guarded } from '../../platform/files/formula.ts';
import { type Column, fieldOf } from './output.ts';

/** A value as a cell: quoted where it must be, and never a formula: text is stored by anybody, and opened by the office. */
function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const plain = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = guarded(plain);
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180, with the API's names of fields as its heading, values as the API gives them. */
export const csv = (items: readonly object[], columns: readonly Column[]): string =>
  [columns.map(({ field }) => field), ...items.map((item) => columns.map(({ field }) => cell(fieldOf(item, field))))]
    .map((row) => `${row.join(',')}\r\n`)
    .join('');

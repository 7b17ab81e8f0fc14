/** The most marks that a row may bring: as many as grades takes at once. */
export const MOST_MARKS = 90;

const NUMBER = /^\d+(?:[.,]\d+)?$/;

const numberOf = (text: string): number => Number(text.replace(',', '.'));

/** What of a text of marks stands between them. */
function separated(text: string): string[] {
  const list = /^[[({](.*)[\])}]$/s.exec(text)?.[1];
  const inner = (list ?? text).trim();
  if (inner === '') return [];
  if (/[;|\n]/.test(inner)) return inner.split(/[;|\n]/);
  if (/,\s/.test(inner)) return inner.split(/,\s+/);
  // A list of a program separates by commas and writes decimals with a point.
  if (list !== undefined) return inner.split(',');
  return inner.split(/\s+/);
}

/**
 * The marks in a cell: `[12.0, 15]`, `12;15`, `12,5 ; 15`, `12 15`. A comma alone is a decimal one.
 * @returns undefined where it is no list of marks from 0 to 20 in steps of 0.01
 */
export function marksIn(text: string): number[] | undefined {
  const parts = separated(text.trim())
    .map((part) => part.trim().replace(/^["']|["']$|\/20$/g, ''))
    .filter((part, i, all) => part !== '' || i < all.length - 1);
  if (parts.length > MOST_MARKS || !parts.every((part) => NUMBER.test(part))) return undefined;
  const marks = parts.map(numberOf);
  const isMark = (mark: number) => mark <= 20 && Math.abs(mark * 100 - Math.round(mark * 100)) < 1e-6;
  return marks.every(isMark) ? marks.map((mark) => Math.round(mark * 100) / 100) : undefined;
}

/** An average as it is written; undefined where it is none. */
export function averageIn(text: string): number | undefined {
  const plain = text.trim().replace(/\/20$/, '').trim();
  return NUMBER.test(plain) ? numberOf(plain) : undefined;
}

/** The plain mean of marks in hundredths, rounded half up. */
export function meanOf(marks: readonly number[]): number | undefined {
  if (marks.length === 0) return undefined;
  const sum = marks.reduce((all, mark) => all + Math.round(mark * 100), 0);
  return Math.floor((2 * sum + marks.length) / (2 * marks.length)) / 100;
}

/** Whether an average that somebody wrote is that of the marks, as finely as they wrote it. */
export function agrees(written: number, marks: readonly number[]): boolean {
  const mean = meanOf(marks);
  if (mean === undefined) return true;
  const decimals = Math.min(2, (String(written).split('.')[1] ?? '').length);
  return Math.abs(written - mean) <= 0.5 * 10 ** -decimals + 1e-9;
}

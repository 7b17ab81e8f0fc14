import { clock } from '../../../platform/base/clock.ts';
import type { Localized } from '../../../platform/base/language.ts';
import { unguarded } from '../../../platform/files/formula.ts';
import type { Field, Layout } from './columns.ts';
import { repaired } from './decode.ts';
import { averageIn, marksIn } from './marks.ts';
import { type Cell, CellFault, type CellFaultCode, isBlank, type SheetRow } from './sheet.ts';

/** What a row says of a student, as text that the schemas of a registration take; what it leaves blank is absent. */
export type Said = { readonly [F in Exclude<Field, 'marks' | 'average'>]?: string };

/** A row as it was read. */
export interface ReadRow {
  readonly row: number;
  readonly said: Said;
  readonly marks: readonly number[] | undefined;
  readonly average: number | undefined;
  /** What of it cannot be read. */
  readonly faults: readonly Fault[];
}

/** What is wrong with a field of a row. */
export interface Fault {
  readonly field: Field | null;
  readonly code: string;
  readonly text: Localized;
}

const CELL_FAULTS: Readonly<Record<CellFaultCode, Localized>> = {
  formula_without_value: {
    fr: 'Une formule que personne n’a calculée : ouvrez et enregistrez le classeur, ou collez la valeur',
    en: 'A formula that nobody computed: open and save the workbook, or paste the value',
  },
  cell_error: { fr: 'La cellule contient une erreur', en: 'The cell holds an error' },
  cell_too_long: { fr: '10 000 caractères au plus', en: '10,000 characters at most' },
};

const NO_DATE = {
  fr: 'Date illisible ; écrivez-la comme 31/12/2010 (jour/mois/année) ou 2010-12-31',
  en: 'Unreadable date; write it like 31/12/2010 (day/month/year) or 2010-12-31',
};
const NO_MARKS = {
  fr: 'Des notes de 0 à 20 ; écrivez-les comme 12,5 ; 15',
  en: 'Marks from 0 to 20; write them like 12.5; 15',
};
const NO_AVERAGE = { fr: 'La moyenne n’est pas un nombre', en: 'The average is no number' };
const NO_SEX = { fr: 'F ou M', en: 'F or M' };

// What Excel stores as a whole number of days: 1927 to 2100.
const EARLIEST_SERIAL = 10_000;
const LATEST_SERIAL = 73_050;
const DAY_MS = 86_400_000;
const EXCEL_EPOCH = Date.UTC(1899, 11, 30);

const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The year of two digits: the last that is past. */
function fullYear(year: string): number {
  const short = Number(year);
  if (year.length > 2) return short;
  const current = new Date(clock.now()).getUTCFullYear() % 100;
  return short > current ? 1900 + short : 2000 + short;
}

const WRITTEN = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$/;
const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/;

/** A day as a person or a program writes it, the day before the month; undefined where there is no such day. */
function dayIn(text: string): string | undefined {
  const iso = ISO.exec(text);
  const written = WRITTEN.exec(text);
  if (!iso && !written) return undefined;
  const [year, month, day] = iso
    ? [Number(iso[1]), Number(iso[2]), Number(iso[3])]
    : [fullYear(written?.[3] ?? ''), Number(written?.[2]), Number(written?.[1])];
  const date = isoDay(Date.UTC(year, month - 1, day));
  const asked = [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
  return date === asked ? date : undefined;
}

function dateOf(cell: Cell): string | undefined {
  if (cell instanceof Date) return isoDay(cell.getTime());
  const serial = typeof cell === 'number' ? cell : Number.NaN;
  if (serial >= EARLIEST_SERIAL && serial <= LATEST_SERIAL) return isoDay(EXCEL_EPOCH + Math.floor(serial) * DAY_MS);
  return dayIn(textOf(cell));
}

const SEXES: Readonly<Record<string, string>> = {
  f: 'F',
  fille: 'F',
  femme: 'F',
  feminin: 'F',
  female: 'F',
  girl: 'F',
  ж: 'F',
  m: 'M',
  garcon: 'M',
  homme: 'M',
  masculin: 'M',
  male: 'M',
  boy: 'M',
  g: 'M',
  h: 'M',
  м: 'M',
};

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** What a cell says, as text. */
function textOf(cell: Cell): string {
  if (cell === null || cell instanceof CellFault) return '';
  if (cell instanceof Date) return isoDay(cell.getTime());
  if (typeof cell === 'string') return unguarded(cell).trim();
  return String(cell);
}

interface Reading {
  readonly said: Partial<Record<keyof Said, string>>;
  marks?: readonly number[];
  average?: number;
  readonly faults: Fault[];
}

/** How the fields are read that are more than text. */
const READERS: { readonly [F in Field]?: (reading: Reading, cell: Cell, text: string) => Localized | undefined } = {
  birth_date(reading, cell) {
    const day = dateOf(cell);
    if (day === undefined) return NO_DATE;
    reading.said.birth_date = day;
    return undefined;
  },
  sex(reading, _, text) {
    const sex = SEXES[plain(text)];
    if (sex === undefined) return NO_SEX;
    reading.said.sex = sex;
    return undefined;
  },
  marks(reading, cell, text) {
    const marks = typeof cell === 'number' ? marksIn(String(Math.round(cell * 100) / 100)) : marksIn(text);
    if (!marks) return NO_MARKS;
    reading.marks = marks;
    return undefined;
  },
  average(reading, cell, text) {
    const average = typeof cell === 'number' ? cell : averageIn(text);
    if (average === undefined) return NO_AVERAGE;
    reading.average = average;
    return undefined;
  },
};

const CODES: { readonly [F in Field]?: string } = {
  birth_date: 'invalid_date',
  sex: 'invalid_value',
  marks: 'invalid_marks',
  average: 'invalid_average',
};

function readCell(reading: Reading, field: Field, cell: Cell): void {
  const fault = (code: string, text: Localized) => reading.faults.push({ field, code, text });
  if (cell instanceof CellFault) {
    fault(cell.code, CELL_FAULTS[cell.code]);
    return;
  }
  const text = textOf(cell);
  const reader = READERS[field];
  const refused = reader?.(reading, cell, text);
  if (refused) fault(CODES[field] ?? 'invalid_value', refused);
  if (!reader) reading.said[field as keyof Said] = text;
}

const mended = (cell: Cell, garbled: boolean): Cell =>
  garbled && typeof cell === 'string' ? (repaired(cell) ?? cell) : cell;

const EXTRA_CELLS = {
  fr: 'Plus de cellules que de titres : quelque chose a glissé, ou un séparateur se trouve dans une cellule sans guillemets',
  en: 'More cells than headers: something has shifted, or a separator stands in a cell without quotes',
};

const isNumber = (cell: Cell | undefined): boolean => typeof cell === 'string' && /^\s*\d+(?:[.,]\d+)?\s*$/.test(cell);

/**
 * The cells of a row, one for each column. Marks that the file's own separator stands between, `12;15` without quotes,
 * are put together again; undefined where a row has more cells for any other reason.
 */
function aligned(columns: Layout['columns'], cells: readonly Cell[]): readonly Cell[] | undefined {
  const filled = cells.findLastIndex((cell) => !isBlank(cell)) + 1;
  const extra = filled - columns.length;
  if (extra <= 0) return cells;
  const at = columns.findIndex(({ field }) => field === 'marks');
  const marks = cells.slice(at, at + extra + 1);
  if (at < 0 || !marks.every(isNumber)) return undefined;
  return [...cells.slice(0, at), marks.join(';'), ...cells.slice(at + extra + 1)];
}

/** What a row says, column by column. */
export function readRow({ columns, garbled }: Layout, { row, cells }: SheetRow): ReadRow {
  const reading: Reading = { said: {}, faults: [] };
  const own = aligned(columns, cells);
  if (!own) reading.faults.push({ field: null, code: 'extra_cells', text: EXTRA_CELLS });
  for (const [i, { field }] of columns.entries()) {
    const cell = mended((own ?? cells)[i] ?? null, garbled);
    if (field && !isBlank(cell)) readCell(reading, field, cell);
  }
  return { row, said: reading.said, marks: reading.marks, average: reading.average, faults: reading.faults };
}

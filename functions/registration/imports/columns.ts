import { fold } from '../../../platform/schema/fold.ts';
import { repaired } from './decode.ts';
import { type Cell, isBlank, MOST_COLUMNS, type SheetRow } from './sheet.ts';
import { Unreadable } from './unreadable.ts';

/** What a column may hold, each with the headers by which it is known; compared without case, accents, spaces and signs. */
const HEADERS = {
  matricule:
    'matricule, numéro matricule, n° matricule, identifiant national, INE, student number, registration number, admission number, matricule number',
  last_name: 'nom, nom de famille, noms, last name, surname, family name, nom élève, nom de l’élève, фамилия',
  first_name: 'prénom, prénoms, first name, first names, given name, forename, prénom élève, prénoms de l’élève, имя',
  name: 'nom complet, nom et prénom, nom et prénoms, nom prénom, nom prénoms, prénom et nom, prénom nom, prénoms et nom, élève, étudiant, full name, name, student, student name, фио',
  phone:
    'téléphone, tél, tel, numéro de téléphone, n° téléphone, n° tél, portable, mobile, gsm, contact, phone, phone number, telephone, mobile phone, cell, телефон',
  email:
    'e-mail, email, mail, courriel, adresse e-mail, adresse email, adresse mail, adresse électronique, email address, почта',
  class_name: 'classe, class, class name, nom de la classe, groupe, division, form, grade level, класс',
  birth_date:
    'date de naissance, né le, née le, né(e) le, naissance, ddn, birth date, date of birth, birthdate, dob, born, дата рождения',
  birth_place: 'lieu de naissance, né à, né(e) à, birth place, birthplace, place of birth, место рождения',
  sex: 'sexe, genre, sex, gender, пол',
  marks: 'notes, note, marks, mark, grades, grade, scores, résultats, оценки',
  average: 'moyenne, moyenne générale, moy, average, mean, avg, средний балл',
} as const;

/** What is read of a row. */
export type Field = keyof typeof HEADERS;

/** All of it, by name. */
export const FIELDS = Object.keys(HEADERS) as [Field, ...Field[]];

/** What stands in no column that is read. */
export const LEFT_OUT = '-';

// Without the signs that a header may have or not: N° Tél. is n tel.
const normalised = (text: string): string => fold(text).replaceAll(/[^\p{L}\p{N}]+/gu, '');

const FIELD_OF = new Map(
  Object.entries(HEADERS).flatMap(([field, headers]) =>
    [field, ...headers.split(', ')].map((header) => [normalised(header), field as Field] as const),
  ),
);

/** How far down a header may stand. */
const DEEPEST_HEADER = 20;

/** A column: its header, and what it is read as. */
export interface Column {
  readonly header: string;
  readonly field: Field | null;
}

/** Where the students of a file stand. */
export interface Layout {
  readonly columns: readonly Column[];
  /** The row of the headers; none where the first row is a student already. */
  readonly header: SheetRow | undefined;
  readonly rows: readonly SheetRow[];
  /** Whether the file went through a program that took its UTF-8 for Windows-1252. */
  readonly garbled: boolean;
}

/** How a caller says that a file is to be read, where its headers do not. */
export interface Hints {
  /** What each column is, in order; {@link LEFT_OUT} for one that is not read. */
  readonly columns?: readonly string[] | undefined;
  /** The row of the headers, from 1; 0 where there is none. */
  readonly header_row?: number | undefined;
}

const textOf = (cell: Cell | undefined): string => (typeof cell === 'string' ? cell.trim() : '');

const fieldOf = (header: string): Field | null =>
  FIELD_OF.get(normalised(repaired(header) ?? header)) ??
  FIELD_OF.get(normalised(header.replace(/\(.*?\)/g, ''))) ??
  null;

const NAMES: readonly Field[] = ['last_name', 'first_name', 'name', 'matricule'];

const known = ({ cells }: SheetRow): Field[] => cells.flatMap((cell) => fieldOf(textOf(cell)) ?? []);

/** The row that names the columns: of those that may be it, the one that names most. */
function headerIn(rows: readonly SheetRow[]): SheetRow | undefined {
  const candidates = rows
    .slice(0, DEEPEST_HEADER)
    .map((row) => [row, new Set(known(row))] as const)
    .filter(([, fields]) => fields.size > 1 || (fields.size === 1 && NAMES.some((field) => fields.has(field))));
  return candidates.reduce<(typeof candidates)[number] | undefined>(
    (best, one) => (best && best[1].size >= one[1].size ? best : one),
    undefined,
  )?.[0];
}

function mustBeOnce(columns: readonly Column[]): void {
  const seen = new Set<Field>();
  for (const { field, header } of columns) {
    if (field && seen.has(field)) throw new Unreadable('repeated_column', `${header || field} (${field})`);
    if (field) seen.add(field);
  }
}

function said(names: readonly string[], header: SheetRow | undefined): Column[] {
  return names.map((name, i) => {
    const field = FIELDS.find((one) => one === name.trim()) ?? null;
    if (!field && name.trim() !== LEFT_OUT) throw new Unreadable('unknown_column', name.slice(0, 60));
    return { header: textOf(header?.cells[i]).slice(0, 100), field };
  });
}

/**
 * Where `nom` and `prénom` are two columns, `nom` is the family name; where it stands alone, it is the whole one.
 */
function withWholeName(columns: readonly Column[]): Column[] {
  const has = (field: Field) => columns.some((one) => one.field === field);
  if (has('first_name') || has('name')) return [...columns];
  return columns.map((one) => (one.field === 'last_name' ? { ...one, field: 'name' } : one));
}

function read({ cells }: SheetRow): Column[] {
  const columns = cells.map((cell) => ({ header: textOf(cell).slice(0, 100), field: fieldOf(textOf(cell)) }));
  return withWholeName(columns);
}

/** The header that was asked for, or else is recognised. */
function headerOf(rows: readonly SheetRow[], { header_row, columns }: Hints): SheetRow | undefined {
  if (header_row === 0) return undefined;
  const header = header_row === undefined ? headerIn(rows) : rows.find(({ row }) => row === header_row);
  if (!header && !columns) throw new Unreadable('no_header');
  return header;
}

/**
 * Where the students of a sheet stand, and what its columns are: by its headers, in whatever order and language, or as
 * the caller says.
 * @throws Unreadable
 */
export function layoutOf(sheet: readonly SheetRow[], hints: Hints = {}): Layout {
  const filled = sheet.filter(({ cells }) => !cells.every(isBlank));
  const [first] = filled;
  if (!first) throw new Unreadable('empty_sheet');
  if (filled.some(({ cells }) => cells.length > MOST_COLUMNS)) throw new Unreadable('too_many_columns');
  const header = headerOf(filled, hints);
  const columns = hints.columns ? said(hints.columns, header) : header ? read(header) : [];
  mustBeOnce(columns);
  if (!columns.some(({ field }) => field)) throw new Unreadable('no_header');
  const rows = header ? filled.filter(({ row }) => row > header.row) : filled;
  if (rows.length === 0) throw new Unreadable('empty_sheet');
  return {
    columns,
    header,
    rows,
    garbled: header?.cells.some((cell) => repaired(textOf(cell)) !== undefined) ?? false,
  };
}

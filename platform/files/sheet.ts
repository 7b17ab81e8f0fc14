import type { Language, Localized } from '../base/language.ts';
import type { PrintedSchool } from '../pdf/letterhead.ts';

/** What stands in one field of a row; undefined for nothing. */
export type Cell = string | number | boolean | undefined;

/** A column of a table as a file shows it. */
export interface Column<T> {
  /** What stands above it, in the reader's language. */
  readonly header: Localized;
  /** `day` is a calendar day, `YYYY-MM-DD`: a spreadsheet gets a date. Text unless said. */
  readonly kind?: 'day';
  /** In characters, where a file has widths. */
  readonly width: number;
  /** Whether it goes onto paper too, which has room for some eight. */
  readonly printed?: true;
  readonly of: (row: T, language: Language) => Cell;
}

/** A table to be written, whatever the format. */
export interface Sheet<T> {
  readonly title: Localized;
  readonly columns: readonly Column<T>[];
  /** A row as the API shows it: what JSON is made of. */
  readonly shown: (row: T) => unknown;
}

/** How a table is written. */
export interface Style {
  readonly language: Language;
  /** Whether text begins with a byte order mark; as the format has it unless said. */
  readonly bom?: boolean | undefined;
  /** Whose head stands on what is printed. */
  readonly school: () => Promise<PrintedSchool & { readonly logo?: string | undefined }>;
}

/** Rows some at a time, as a database gives them. */
export type Batches<T> = AsyncIterable<readonly T[]>;

/** One file format. */
export interface Format {
  /** The media type. */
  readonly type: string;
  /** How names of such files end, without the dot. */
  readonly ending: string;
  /** The file, piece by piece; no more rows are asked for than it has room for. */
  readonly write: <T>(batches: Batches<T>, sheet: Sheet<T>, style: Style) => AsyncIterable<Uint8Array | string>;
}

/** The first row of a file. */
export const headersOf = <T>({ columns }: Sheet<T>, language: Language): string[] =>
  columns.map(({ header }) => header[language]);

const YES_NO = { true: { fr: 'oui', en: 'yes' }, false: { fr: 'non', en: 'no' } } as const;

/** Yes or no in the reader's language: spreadsheets spell true and false each in their own. */
export const spelt = (cell: boolean, language: Language): string => YES_NO[`${cell}`][language];

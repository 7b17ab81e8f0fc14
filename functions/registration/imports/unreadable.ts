import type { Localized } from '../../../platform/base/language.ts';

const REASONS = {
  empty_file: { fr: 'Le fichier est vide', en: 'The file is empty' },
  empty_sheet: {
    fr: 'La feuille n’a aucune ligne d’élève sous ses titres',
    en: 'The sheet has no student’s row below its headers',
  },
  no_header: {
    fr: 'Aucune ligne de titres reconnue parmi les vingt premières ; dites ce que sont les colonnes avec columns',
    en: 'No row of headers recognised among the first twenty; say what the columns are with columns',
  },
  not_a_table: {
    fr: 'Ce n’est ni un fichier CSV ni un classeur XLSX',
    en: 'This is neither a CSV file nor an XLSX workbook',
  },
  old_workbook: {
    fr: 'Un classeur ancien (.xls) ou protégé par un mot de passe : enregistrez-le en .xlsx, sans mot de passe',
    en: 'An old workbook (.xls) or one behind a password: save it as .xlsx, without a password',
  },
  broken_workbook: { fr: 'Le classeur est abîmé', en: 'The workbook is damaged' },
  too_large_unpacked: {
    fr: 'Décompressé, le classeur dépasse toute mesure',
    en: 'Unpacked, the workbook is beyond all measure',
  },
  too_many_rows: { fr: 'Plus de 100 000 lignes', en: 'More than 100,000 rows' },
  too_many_columns: { fr: 'Plus de 200 colonnes', en: 'More than 200 columns' },
  repeated_column: { fr: 'Deux colonnes pour une même donnée', en: 'Two columns for one thing' },
  unknown_column: { fr: 'Colonne inconnue dans columns', en: 'Unknown column in columns' },
} as const satisfies Record<string, Localized>;

/** Why nothing can be made of a file. */
export type UnreadableCode = keyof typeof REASONS;

/** Nothing can be made of a file as a whole. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly code: UnreadableCode;
  readonly text: Localized;

  /** @param about what it is about, where that says more: the names of columns */
  constructor(code: UnreadableCode, about?: string, cause?: unknown) {
    super(code, { cause });
    this.code = code;
    const { fr, en } = REASONS[code];
    this.text = about === undefined ? { fr, en } : { fr: `${fr} : ${about}`, en: `${en}: ${about}` };
  }
}

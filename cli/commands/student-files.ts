import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { download } from '../api/download.ts';
import { choice, command, flag, sent, text, whole } from '../declare.ts';
import { EXIT, Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { column } from '../output/output.ts';
import { bytesShown } from '../output/progress.ts';
import { table } from '../output/table.ts';
import { className, done } from './shared.ts';

/** What `--json` prints of a file that was written. */
export const WRITTEN = {
  type: 'object',
  properties: { file: { type: 'string' }, bytes: { type: 'integer' } },
  required: ['file', 'bytes'],
  additionalProperties: false,
};

const FORMATS = ['csv', 'csv-excel', 'xlsx', 'json'] as const;
type Format = (typeof FORMATS)[number];

/** The format that a file's name ends in. @throws Misuse when it is none */
function formatOf(file: string): Format {
  const found = FORMATS.find((one) => extname(file).toLowerCase() === `.${one}`);
  if (!found)
    throw new Misuse(
      words(`${file} ends in none of .csv, .xlsx, .json`, `${file} ne finit ni en .csv, ni en .xlsx, ni en .json`),
      words('--format says what it is to be', '--format dit ce que ce doit être'),
    );
  return found;
}

export const exportStudents = command({
  about: words(
    'Write students into a file: CSV, XLSX or JSON',
    'Écrire des étudiants dans un fichier : CSV, XLSX ou JSON',
  ),
  answers: WRITTEN,
  args: { file: text('FILE', words('its name says what it is', 'son nom dit ce que c’est')) },
  options: {
    format: choice(FORMATS, words('what it is, where its name does not say', 'ce que c’est, si son nom ne le dit pas')),
    class: text('CLASS', className),
    year: text('YEAR', words('who was there in this school year', 'qui était là dans cette année scolaire')),
    status: choice(['pending', 'enrolled', 'left'], words('only these', 'seulement ceux-là')),
    unpaid: flag(words('only who owes something', 'seulement qui doit quelque chose')),
  },
  examples: [
    ['campus students export students.xlsx', words('everybody', 'tout le monde')],
    [
      'campus students export 4eA.csv --class "4e A" --format csv-excel',
      words('for a French Excel', 'pour un Excel français'),
    ],
  ],
  async run({ file, format = formatOf(file), class: class_name, year, status, unpaid }, office) {
    const query = { format, ...sent({ class_name, year, status, paid: unpaid && ('false' as const) }) };
    const ask = () => office.api.GET('/students/export', { params: { query }, parseAs: 'stream' });
    const bytes = await download(office, file, ask);
    const shown = (language: 'en' | 'fr') => bytesShown(bytes, language);
    return done(`${file}: ${shown('en')}.`, `${file} : ${shown('fr')}.`, { item: { file, bytes } });
  },
});

const FAULT = [
  column('row', 'Row', 'Ligne', 'number'),
  column('field', 'Column', 'Colonne'),
  column('detail', 'Fault', 'Défaut'),
];

/** How many faults are shown: the file to mend has them all. */
const SHOWN = 20;

export const importStudents = command({
  about: words(
    'Take students in from CSV or XLSX, with their marks; broken off, the same again goes on, and nothing goes in twice',
    "Reprendre des étudiants d'un CSV ou XLSX, avec leurs notes ; interrompu, la même commande continue, rien n'entre deux fois",
  ),
  answers: 'importStudents',
  args: { file: text('FILE', words('CSV or XLSX, with headings', 'CSV ou XLSX, avec des titres')) },
  options: {
    dry_run: flag(words('only tell what would become of each row', 'dire seulement ce que deviendrait chaque ligne')),
    columns: text(
      'NAMES',
      words(
        'what each column is, in order, where its heading does not say: last_name,first_name,-,marks',
        "ce qu'est chaque colonne, dans l'ordre, si son titre ne le dit pas : last_name,first_name,-,marks",
      ),
    ),
    header_row: whole('N', words('the row of the headings', 'la ligne des titres')),
    mend: text('FILE', words('write the rows that were refused into it', 'y écrire les lignes refusées')),
  },
  examples: [
    ['campus students import classe.xlsx --dry-run', words('what would become of it', 'ce que cela donnerait')],
    [
      'campus students import classe.csv --mend to-mend.csv',
      words(
        'the good rows go in, the others are written out',
        'les bonnes lignes entrent, les autres sont écrites à part',
      ),
    ],
  ],
  async run({ file, mend, ...how }, office) {
    if (!existsSync(file)) throw new Misuse(words(`there is no file ${file}`, `il n'y a pas de fichier ${file}`));
    const { imported } = await import('../api/importing.ts');
    const { failedRows, ...item } = await imported(office, file, how);
    const { terminal } = office;
    const { accepted, unchanged, rejected, errors, more_errors, dry_run } = item;
    if (mend && failedRows) (await import('node:fs')).writeFileSync(mend, failedRows);
    const more = errors.length + more_errors - SHOWN;
    if (rejected > 0 && !terminal.quiet)
      terminal.err(
        `${table(errors.slice(0, SHOWN), FAULT, terminal)}${more > 0 ? `… +${more}\n` : ''}${mend ? '' : `${terminal.say(words('--mend FILE writes them out, to be mended and sent again.', '--mend FICHIER les écrit à part, à corriger et à renvoyer.'))}\n`}`,
      );
    const all = {
      en: `${accepted} rows go in, ${unchanged} change nothing, ${rejected} are refused.`,
      fr: `${accepted} lignes entrent, ${unchanged} ne changent rien, ${rejected} sont refusées.`,
    };
    return done(dry_run ? `Dry run: ${all.en}` : all.en, dry_run ? `À blanc : ${all.fr}` : all.fr, {
      item: { ...item, failed_rows: failedRows },
      ...(rejected > 0 && { exit: EXIT.invalid }),
    });
  },
});

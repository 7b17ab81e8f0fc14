import type { UglyFile } from './ugly-file.ts';

const HEADER = 'nom;prénom;téléphone';
const ROW = 'Sène;Aïda;771234501';
const READ = ['2 last_name=Sène first_name=Aïda phone=771234501'];
const TABLE = `${HEADER}\r\n${ROW}\r\n`;

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** Text of one byte a letter, in a page of code that has a byte for each of these letters. */
function inPage(page: string, text: string): Buffer {
  const byteOf = new Map(
    [...new TextDecoder(page).decode(Uint8Array.from({ length: 256 }, (_, i) => i))].map((letter, i) => [letter, i]),
  );
  return Buffer.from([...text].map((letter) => byteOf.get(letter) ?? 63));
}

/** What a program makes of UTF-8 that it takes for Windows-1252, and saves as UTF-8. */
const garbled = (text: string): string => new TextDecoder('windows-1252').decode(Buffer.from(text));

const file = (name: string, bytes: Buffer | string, becomes: UglyFile['becomes']): UglyFile => ({
  name,
  bytes: Buffer.from(bytes as string),
  becomes,
});

const encodings: readonly UglyFile[] = [
  file('utf-8.csv', TABLE, READ),
  file('utf-8-with-mark.csv', `\ufeff${TABLE}`, READ),
  file('utf-16-excel-unicode-text.txt', Buffer.from(`\ufeff${TABLE.replaceAll(';', '\t')}`, 'utf16le'), READ),
  file('utf-16-big-endian.csv', utf16be(`\ufeff${TABLE}`), READ),
  file('utf-16-without-mark.csv', Buffer.from(TABLE, 'utf16le'), READ),
  file('utf-16-big-endian-without-mark.csv', utf16be(TABLE), READ),
  file('windows-1252-french-excel.csv', inPage('windows-1252', TABLE), READ),
  file('windows-1252-with-ligature.csv', inPage('windows-1252', 'Nom;Prénom\nŒuvrard;Maëlys–Zoé\n'), [
    '2 last_name=Œuvrard first_name=Maëlys–Zoé',
  ]),
  file('windows-1251-russian-excel.csv', inPage('windows-1251', 'Фамилия;Имя;Класс\r\nИванова;Анна;5А\r\n'), [
    '2 last_name=Иванова first_name=Анна class_name=5А',
  ]),
  file('utf-8-russian.csv', 'Фамилия;Имя;Дата рождения\nИванова;Анна;04.03.2010\n', [
    '2 last_name=Иванова first_name=Анна birth_date=2010-03-04',
  ]),
  file('mojibake.csv', garbled(TABLE), READ),
  file('mojibake-header-only-ascii-rows.csv', garbled('nom;prénom\nBa;Awa\n'), ['2 last_name=Ba first_name=Awa']),
  file('arabic-names.csv', 'Nom;Prénom\nالعلوي;فاطمة\n', ['2 last_name=العلوي first_name=فاطمة']),
  file('capital-a-tilde-that-is-meant.csv', 'Nom;Prénom\nSÃO;João\n', ['2 last_name=SÃO first_name=João']),
];

const separators: readonly UglyFile[] = [
  file('commas.csv', TABLE.replaceAll(';', ','), READ),
  file('tabs.tsv', TABLE.replaceAll(';', '\t'), READ),
  file('bars.txt', TABLE.replaceAll(';', '|'), READ),
  file('excel-says-its-separator.csv', `sep=;\r\n${TABLE}`, ['3 last_name=Sène first_name=Aïda phone=771234501']),
  file('old-mac-line-ends.csv', TABLE.replaceAll('\r\n', '\r'), READ),
  file('no-line-end-at-the-end.csv', TABLE.trimEnd(), READ),
  file('decimal-commas-between-semicolons.csv', 'nom;notes;moyenne\nBa;12,5;12,5\n', [
    '2 name=Ba marks=12.5 average=12.5',
  ]),
  file('decimal-commas-in-quotes.csv', 'nom,notes\nBa,"12,5;8"\n', ['2 name=Ba marks=12.5/8']),
  file('lists-in-quotes.csv', 'nom,prenom,notes\nBa,Awa,"[12.0, 15]"\n', ['2 last_name=Ba first_name=Awa marks=12/15']),
  file('lists-without-quotes.csv', 'nom,prenom,notes,moyenne\nBa,Awa,[12.0, 15],13.5\n', [
    '2 last_name=Ba first_name=Awa marks=12/15 average=13.5',
  ]),
  file('semicolon-marks-between-commas.csv', 'nom,prenom,notes,moyenne\nBa,Awa,12;15;9.5,12.17\n', [
    '2 last_name=Ba first_name=Awa marks=12/15/9.5 average=12.17',
  ]),
  file('spaces-after-commas.csv', 'nom, prénom, téléphone\nSène, Aïda, 771234501\n', READ),
  file('one-column.csv', 'Nom complet\nAwa Ba\nFatou Diop\n', ['2 name=Awa Ba', '3 name=Fatou Diop']),
];

const quotes: readonly UglyFile[] = [
  file('quoted-line-break.csv', 'nom;prénom\nBa;"Awa\nFatou"\nDiop;Ali\n', [
    '2 last_name=Ba first_name=Awa\nFatou',
    '3 last_name=Diop first_name=Ali',
  ]),
  file('quote-inside-a-word.csv', 'nom;prénom\nN"Diaye;Awa\n', ['2 last_name=N"Diaye first_name=Awa']),
  file('doubled-quotes.csv', 'nom;prénom\nBa;"Awa ""Mimi"""\n', ['2 last_name=Ba first_name=Awa "Mimi"']),
  file('quote-never-closed.csv', 'nom;prénom\nBa;"Awa\nDiop;Ali\n', [
    '2 last_name=Ba first_name="Awa',
    '3 last_name=Diop first_name=Ali',
  ]),
  file('everything-quoted.csv', '"nom";"prénom"\n"Ba";"Awa"\n', ['2 last_name=Ba first_name=Awa']),
  file('guarded-against-formulas.csv', "nom;prénom\nBa;'=Awa\n", ['2 last_name=Ba first_name==Awa']),
  file('apostrophe-of-a-name.csv', "nom;prénom\n'Abd;N'Dèye\n", ["2 last_name='Abd first_name=N'Dèye"]),
];

const shapes: readonly UglyFile[] = [
  file('empty.csv', '', 'empty_file'),
  file('only-white.csv', ' \r\n \r\n', 'empty_file'),
  file('only-a-mark.csv', '\ufeff', 'empty_file'),
  file('header-alone.csv', 'nom;prénom\n', 'empty_sheet'),
  file('no-header.csv', 'Ba;Awa;771234501\nDiop;Ali;771234502\n', 'no_header'),
  file('header-in-row-3.csv', 'Lycée Campus;;\n;;\nNom;Prénom;Né(e) le\nBa;Awa;04/03/2010\n', [
    '4 last_name=Ba first_name=Awa birth_date=2010-03-04',
  ]),
  file('shouted-headers.csv', 'NOM DE FAMILLE;PRÉNOMS;N° TÉL.\nBa;Awa;771234501\n', [
    '2 last_name=Ba first_name=Awa phone=771234501',
  ]),
  file('english-in-another-order.csv', 'Phone Number,Class,First Name,Last Name\n771234501,4eB,Awa,Ba\n', [
    '2 phone=771234501 class_name=4eB first_name=Awa last_name=Ba',
  ]),
  file('ragged-rows.csv', 'nom;prénom;classe\nBa;Awa\nDiop;Ali;4eB;;extra\n', [
    '2 last_name=Ba first_name=Awa',
    '3 last_name=Diop first_name=Ali class_name=4eB !null:extra_cells',
  ]),
  file(
    'marks-between-the-separators-of-the-file.csv',
    'nom;notes;moyenne;classe\nBa;12;15;9,5;12,17;4eB\nDiop;12;12;4eB\n',
    ['2 name=Ba class_name=4eB marks=12/15/9.5 average=12.17', '3 name=Diop class_name=4eB marks=12 average=12'],
  ),
  file('empty-rows-between.csv', 'nom;prénom\n\nBa;Awa\n;\n\nDiop;Ali\n', [
    '3 last_name=Ba first_name=Awa',
    '6 last_name=Diop first_name=Ali',
  ]),
  file('unknown-columns.csv', 'nom;prénom;couleur préférée\nBa;Awa;bleu\n', ['2 last_name=Ba first_name=Awa']),
  file('two-columns-of-one-thing.csv', 'nom;nom de famille;prénom\nBa;Ba;Awa\n', 'repeated_column'),
  file(
    'two-hundred-and-one-columns.csv',
    `nom;prénom${';x'.repeat(199)}\nBa;Awa${';'.repeat(199)}\n`,
    'too_many_columns',
  ),
  file('cell-of-a-megabyte.csv', `nom;prénom\nBa;${'a'.repeat(1_048_576)}\nDiop;Ali\n`, [
    '2 last_name=Ba !first_name:cell_too_long',
    '3 last_name=Diop first_name=Ali',
  ]),
  file(
    'dates-of-all-kinds.csv',
    'nom;né le\na;2010-03-04\nb;4/3/2010\nc;04.03.10\nd;31/02/2010\ne;03/25/2010\nf;mars 2010\n',
    [
      '2 name=a birth_date=2010-03-04',
      '3 name=b birth_date=2010-03-04',
      '4 name=c birth_date=2010-03-04',
      '5 name=d !birth_date:invalid_date',
      '6 name=e !birth_date:invalid_date',
      '7 name=f !birth_date:invalid_date',
    ],
  ),
  file('sexes-of-all-kinds.csv', 'nom;sexe\na;F\nb;Garçon\nc;masculin\nd;?\n', [
    '2 name=a sex=F',
    '3 name=b sex=M',
    '4 name=c sex=M',
    '5 name=d !sex:invalid_value',
  ]),
  file('marks-that-are-none.csv', 'nom;notes\na;abs\nb;21\nc;-1\nd;12/20\ne;12,345\nf;[]\n', [
    '2 name=a !marks:invalid_marks',
    '3 name=b !marks:invalid_marks',
    '4 name=c !marks:invalid_marks',
    '5 name=d marks=12',
    '6 name=e !marks:invalid_marks',
    '7 name=f marks=',
  ]),
];

const foreign: readonly UglyFile[] = [
  file('report.pdf.csv', '%PDF-1.7\n1 0 obj\n', 'not_a_table'),
  file('page-saved-as.xls', '<html><table><tr><td>Nom</td></tr></table></html>', 'not_a_table'),
  file('picture.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 1, 2]), 'not_a_table'),
  file('old-excel.xls', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'old_workbook'),
  file('csv-named.xlsx', TABLE, READ),
];

/** Ugly files of text. */
export const textFiles: readonly UglyFile[] = [...encodings, ...separators, ...quotes, ...shapes, ...foreign];

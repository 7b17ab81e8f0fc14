import { buffer } from 'node:stream/consumers';
import { type WriteSheet, writeXlsx, writeXlsxStream } from 'hucre/xlsx';
import { ZipFile } from 'yazl';
import type { UglyFile } from './ugly-file.ts';

type Rows = NonNullable<WriteSheet['rows']>;

const saved = async (...sheets: readonly WriteSheet[]): Promise<Buffer> =>
  Buffer.from(await writeXlsx({ sheets: [...sheets] }));

const sheet = (rows: Rows, more: Partial<WriteSheet> = {}): WriteSheet => ({ name: 'Feuille1', rows, ...more });

const streamed = async (rows: Rows): Promise<Buffer> =>
  buffer(writeXlsxStream(rows, { name: 'Élèves' }) as unknown as AsyncIterable<Buffer>);

/** An archive of these files. */
async function zipped(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [path, content] of Object.entries(files))
    archive.addBuffer(Buffer.from(content as string), path, { compressionLevel: 1 });
  archive.end();
  return buffer(archive.outputStream);
}

const NS = 'http://schemas.openxmlformats.org';
const TYPES = `<Types xmlns="${NS}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`;
const rel = (id: string, type: string, target: string) =>
  `<Relationships xmlns="${NS}/package/2006/relationships"><Relationship Id="${id}" Type="${NS}/officeDocument/2006/relationships/${type}" Target="${target}"/></Relationships>`;

/** A workbook as a program writes it that keeps to the least: no styles, no shared strings. */
const bare = (sheetXml: string, more: Readonly<Record<string, string | Buffer>> = {}): Promise<Buffer> =>
  zipped({
    '[Content_Types].xml': TYPES,
    '_rels/.rels': rel('rId1', 'officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': `<workbook xmlns="${NS}/spreadsheetml/2006/main" xmlns:r="${NS}/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': rel('rId1', 'worksheet', 'worksheets/sheet1.xml'),
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${NS}/spreadsheetml/2006/main"><sheetData>${sheetXml}</sheetData></worksheet>`,
    ...more,
  });

const inline = (ref: string, text: string): string => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
const TWO_ROWS = `<row r="1">${inline('A1', 'Nom')}${inline('B1', 'Prénom')}</row><row r="2">${inline('A2', 'Ba')}${inline('B2', 'Awa')}</row>`;
const BA = ['2 last_name=Ba first_name=Awa'];

const BOMB_MB = 260;

/** Zeros that take a thousandth of their room: one entry, or as many as it takes. */
export async function bomb(entries: number, megabytes: number): Promise<Buffer> {
  const zeros = Buffer.alloc(megabytes * 1024 * 1024, 32);
  const files = Object.fromEntries(Array.from({ length: entries }, (_, i) => [`xl/media/${i}.bin`, zeros]));
  return bare(TWO_ROWS, files);
}

/** The archive with entries of so many megabytes that say that they are smaller than they are. */
export function lying(honest: Buffer, megabytes: number): Buffer {
  const bytes = Buffer.from(honest);
  const [small, real] = [Buffer.alloc(4), Buffer.alloc(4)];
  small.writeUInt32LE(10);
  real.writeUInt32LE(megabytes * 1024 * 1024);
  for (let at = bytes.indexOf(real); at >= 0; at = bytes.indexOf(real, at + 4)) small.copy(bytes, at);
  return bytes;
}

/** The archive with the bomb's size nowhere but behind its data, where not every reader looks. */
function hiding(honest: Buffer): Buffer {
  const bytes = Buffer.from(honest);
  for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 4)) {
    if (
      !bytes
        .subarray(at + 46, at + 60)
        .toString()
        .startsWith('xl/media/')
    )
      continue;
    bytes.writeUInt16LE(bytes.readUInt16LE(at + 8) | 8, at + 8);
    bytes.writeUInt32LE(0, at + 20);
    bytes.writeUInt32LE(0, at + 24);
  }
  return bytes;
}

const BORN = new Date(Date.UTC(2010, 2, 4));

/** Ugly workbooks. Made anew each time, by two writers and by hand. */
export async function workbooks(): Promise<readonly UglyFile[]> {
  const file = async (name: string, bytes: Promise<Buffer>, becomes: UglyFile['becomes']): Promise<UglyFile> => ({
    name,
    bytes: await bytes,
    becomes,
  });
  const header = ['Nom', 'Prénom'];
  const big = bomb(1, BOMB_MB);
  return Promise.all([
    file('excel.xlsx', saved(sheet([header, ['Ba', 'Awa']])), BA),
    file('google-inline-strings.xlsx', bare(TWO_ROWS), BA),
    file('workbook-named.csv', saved(sheet([header, ['Ba', 'Awa']])), BA),
    file(
      'title-above-and-header-in-row-3.xlsx',
      saved(
        sheet([['Lycée Campus — 4eB'], [], header, ['Ba', 'Awa']], {
          merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 5 }],
        }),
      ),
      ['4 last_name=Ba first_name=Awa'],
    ),
    file(
      'phones-as-numbers.xlsx',
      saved(
        sheet([
          ['Nom', 'Tél'],
          ['Ba', 771234501],
          ['Diop', 221771234502],
        ]),
      ),
      ['2 name=Ba phone=771234501', '3 name=Diop phone=221771234502'],
    ),
    file(
      'dates-as-dates.xlsx',
      saved(
        sheet([
          ['Nom', 'Né le'],
          ['Ba', BORN],
        ]),
      ),
      ['2 name=Ba birth_date=2010-03-04'],
    ),
    file(
      'dates-as-numbers.xlsx',
      saved(
        sheet([
          ['Nom', 'Né le'],
          ['Ba', 40241],
          ['Diop', 12],
        ]),
      ),
      ['2 name=Ba birth_date=2010-03-04', '3 name=Diop !birth_date:invalid_date'],
    ),
    file(
      'dates-as-text.xlsx',
      saved(
        sheet([
          ['Nom', 'Né le'],
          ['Ba', '04/03/2010'],
        ]),
      ),
      ['2 name=Ba birth_date=2010-03-04'],
    ),
    file(
      'marks-as-numbers.xlsx',
      saved(
        sheet([
          ['Nom', 'Notes', 'Moyenne'],
          ['Ba', 12.5, 12.5],
          ['Diop', '12,5 ; 8', 10.25],
        ]),
      ),
      ['2 name=Ba marks=12.5 average=12.5', '3 name=Diop marks=12.5/8 average=10.25'],
    ),
    file(
      'formulas.xlsx',
      saved(
        sheet(
          [
            ['Nom', 'Moyenne'],
            ['Ba', null],
            ['Diop', null],
          ],
          {
            cells: new Map([
              ['1,1', { value: 3, type: 'formula', formula: 'A1', formulaResult: 12.5 }],
              ['2,1', { value: null, type: 'formula', formula: 'A1' }],
            ]),
          },
        ),
      ),
      ['2 name=Ba average=12.5', '3 name=Diop !average:formula_without_value'],
    ),
    file(
      'errors-in-cells.xlsx',
      saved(
        sheet(
          [
            ['Nom', 'Classe'],
            ['Ba', null],
          ],
          { cells: new Map([['1,1', { value: '#REF!', type: 'error' }]]) },
        ),
      ),
      ['2 name=Ba !class_name:cell_error'],
    ),
    file(
      'class-merged-over-its-students.xlsx',
      saved(
        sheet(
          [
            ['Classe', 'Nom'],
            ['4eB', 'Ba'],
            [null, 'Diop'],
            ['3eA', 'Fall'],
          ],
          { merges: [{ startRow: 1, startCol: 0, endRow: 2, endCol: 0 }] },
        ),
      ),
      ['2 class_name=4eB name=Ba', '3 class_name=4eB name=Diop', '4 class_name=3eA name=Fall'],
    ),
    file('empty-workbook.xlsx', saved(sheet([])), 'empty_sheet'),
    file('header-alone.xlsx', saved(sheet([header])), 'empty_sheet'),
    file(
      'empty-sheet-first.xlsx',
      saved({ name: 'Vide', rows: [] }, { name: 'Liste', rows: [header, ['Ba', 'Awa']] }),
      BA,
    ),
    file(
      'hidden-sheet-first.xlsx',
      saved(
        { name: 'Secret', rows: [header, ['Z', 'Z']], hidden: true },
        { name: 'Liste', rows: [header, ['Ba', 'Awa']] },
      ),
      BA,
    ),
    file('far-corner.xlsx', bare(`${TWO_ROWS}<row r="1048576">${inline('XFD1048576', 'x')}</row>`), 'broken_workbook'),
    file('sheet-that-is-no-xml.xlsx', bare('<row'), 'empty_sheet'),
    file(
      'cut-off-workbook.xlsx',
      saved(sheet([header, ['Ba', 'Awa']])).then((bytes) => bytes.subarray(0, bytes.length / 2)),
      'broken_workbook',
    ),
    file('archive-of-something-else.xlsx', zipped({ mimetype: 'text/plain', 'a.txt': 'a' }), 'not_a_table'),
    file('bomb-of-one-entry.xlsx', big, 'too_large_unpacked'),
    file('bomb-that-hides.xlsx', big.then(hiding), 'broken_workbook'),
    file('streamed-as-our-exports-are.xlsx', streamed([header, ['Ba', 'Awa']]), BA),
    file('entity-expansion.xlsx', bare(TWO_ROWS.replace('Awa', '&lol;'), {}), ['2 last_name=Ba first_name=&lol;']),
  ]);
}

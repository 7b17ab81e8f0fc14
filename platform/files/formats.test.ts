import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { parseCsv } from 'hucre/csv';
import { readXlsx } from 'hucre/xlsx';
import { fc } from '../../tests/support/draws.ts';
import type { Language } from '../base/language.ts';
import { FORMATS } from './formats.ts';
import { guarded, unguarded } from './formula.ts';
import type { Sheet } from './sheet.ts';

interface Row {
  readonly text?: string | undefined;
  readonly figure?: number;
  readonly day?: string;
  readonly flag?: boolean;
}

const sheet: Sheet<Row> = {
  title: { fr: 'Feuille', en: 'Sheet' },
  shown: ({ text }) => ({ text }),
  columns: [
    { header: { fr: 'Texte', en: 'Text' }, width: 12, of: ({ text }) => text },
    { header: { fr: 'Nombre', en: 'Figure' }, width: 8, of: ({ figure }) => figure },
    { header: { fr: 'Jour', en: 'Day' }, kind: 'day', width: 10, of: ({ day }) => day },
    { header: { fr: 'Vrai', en: 'True' }, width: 5, of: ({ flag }) => flag },
  ],
};

async function* batches(...some: Row[][]): AsyncGenerator<Row[]> {
  yield* some;
}

const school = async () => ({ name: 'Lycée Blaise-Diagne' });

const written = (format: keyof typeof FORMATS, some: Row[][], language: Language = 'fr', bom?: boolean) =>
  buffer(FORMATS[format].write(batches(...some), sheet, { language, bom, school }));

const text = async (...args: Parameters<typeof written>) => (await written(...args)).toString('utf8');

const ROW: Row = { text: 'Awa; "Ba",\r\nfin', figure: -12.5, day: '2009-01-15', flag: true };

describe('CSV', () => {
  test('is RFC 4180: commas, quotes where they must be, lines that end with CR LF', async () => {
    expect(await text('csv', [[ROW], [], [{}]])).toBe(
      'Texte,Nombre,Jour,Vrai\r\n"Awa; ""Ba"",\r\nfin",-12.5,2009-01-15,oui\r\n,,,\r\n',
    );
  });

  test('for a double click in Excel has semicolons, decimal commas and the mark', async () => {
    expect(await text('csv-excel', [[{ ...ROW, text: 'a,b' }]], 'en')).toBe(
      '\ufeffText;Figure;Day;True\r\na,b;-12,5;2009-01-15;yes\r\n',
    );
  });

  test('begins with the mark when it is asked for, and without when not', async () => {
    expect((await text('csv', [], 'fr', true)).charCodeAt(0)).toBe(0xfeff);
    expect((await text('csv-excel', [], 'fr', false)).charCodeAt(0)).not.toBe(0xfeff);
  });
});

describe('a formula', () => {
  test.each(['=1+1', '+SUM(A1)', '-2+3', '@x', '\tx', '\rx', "'=1+1", '＝1', '=cmd|’ /C calc’!A0', '+221 77', '-'])(
    'is not run where text is %j',
    (dangerous) => {
      expect(guarded(dangerous)).toBe(`'${dangerous}`);
      expect(unguarded(guarded(dangerous))).toBe(dangerous);
    },
  );

  test.each(['+221771234567', '-3,5', '-3.5', '12', "d'Arc", "'", 'a=b', '’=1', ''])(
    'is nothing that %j could be, which stays as it is',
    (harmless) => {
      expect(guarded(harmless)).toBe(harmless);
      expect(unguarded(harmless)).toBe(harmless);
    },
  );

  test('whatever text there is, it comes back, and no field begins one', async () => {
    const beginning = fc.constantFrom('', '=', '+', '-', '@', '\t', '\r', "'", "''=", '"', ';', ',', '\n');
    const any = fc.tuple(beginning, fc.string({ unit: 'binary' })).map(([first, rest]) => first + rest);
    const property = fc.asyncProperty(fc.array(any, { minLength: 1 }), async (texts) => {
      for (const format of ['csv', 'csv-excel'] as const) {
        const rows = texts.map((one) => ({ text: one, figure: 1 }));
        const delimiter = format === 'csv' ? ',' : ';';
        const [, ...read] = parseCsv(await text(format, [rows]), { delimiter, skipEmptyRows: false });
        const fields = read.map(([first]) => String(first ?? ''));
        expect(fields.filter((one) => /^[=@\t\r]/.test(one))).toEqual([]);
        expect(fields.map(unguarded)).toEqual(texts);
      }
    });
    await fc.assert(property, { numRuns: 60 });
  });
});

describe('XLSX', () => {
  test('has typed cells, a header that stays in sight, widths, and no formula', async () => {
    const workbook = await readXlsx(
      await written('xlsx', [[ROW], [{ text: '=1+1', figure: 3 }, { text: '+221771234567' }]]),
    );
    const [only] = workbook.sheets;
    expect(only?.name).toBe('Feuille');
    expect(only?.rows).toEqual([
      ['Texte', 'Nombre', 'Jour', 'Vrai'],
      ['Awa; "Ba",\r\nfin', -12.5, new Date('2009-01-15T00:00:00Z'), 'oui'],
      ['=1+1', 3, null, null],
      ['+221771234567', null, null, null],
    ]);
    expect(only?.freezePane).toMatchObject({ rows: 1 });
    expect(only?.columns?.map(({ width }) => width)).toEqual([12, 8, 10, 5]);
  });

  test('is made no faster than it is taken', async () => {
    let asked = 0;
    async function* endless(): AsyncGenerator<Row[]> {
      for (;;) {
        asked += 1;
        yield [{ text: `${Math.random()}`.repeat(50) }];
      }
    }
    const iterator = FORMATS.xlsx.write(endless(), sheet, { language: 'fr', school })[Symbol.asyncIterator]();
    await iterator.next();
    const before = asked;
    await new Promise(setImmediate);
    expect(asked - before).toBeLessThan(1000);
    await iterator.return?.();
  });
});

test('JSON is one array, a row a line', async () => {
  expect(await text('json', [[{ text: 'a' }], [], [{ text: 'b' }]])).toBe('[\n{"text":"a"},\n{"text":"b"}\n]\n');
  expect(await text('json', [])).toBe('[]\n');
});

describe('a PDF', () => {
  test('is a document of the columns that are for paper, all of them where none is marked', async () => {
    const [all, empty] = [await written('pdf', [[ROW], [ROW]]), await written('pdf', [])];
    for (const bytes of [all, empty]) expect(bytes.toString('latin1', 0, 5)).toBe('%PDF-');
    const [first, ...rest] = sheet.columns;
    const narrow = { ...sheet, columns: [{ ...first, printed: true }, ...rest] } as typeof sheet;
    const fewer = await buffer(FORMATS.pdf.write(batches([ROW], [ROW]), narrow, { language: 'fr', school }));
    expect(fewer.length).toBeLessThan(all.length);
  });

  test('of more than a book holds is refused before the first byte, and the rest of the rows is not asked for', async () => {
    let asked = 0;
    async function* endless(): AsyncGenerator<Row[]> {
      for (;;) {
        asked += 1;
        yield Array.from({ length: 500 }, () => ROW);
      }
    }
    const writing = buffer(FORMATS.pdf.write(endless(), sheet, { language: 'fr', school }));
    await expect(writing).rejects.toMatchObject({ code: 'list_too_long' });
    expect(asked).toBe(9);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { layoutOf } from '../../functions/registration/imports/columns.ts';
import { readRows } from '../../functions/registration/imports/read-rows.ts';
import { Unreadable } from '../../functions/registration/imports/unreadable.ts';
import { type ReadRow, readRow } from '../../functions/registration/imports/values.ts';
import { textFiles } from '../files/text-files.ts';
import { workbooks } from '../files/workbooks.ts';

const tell = ({ row, said, marks, average, faults }: ReadRow): string =>
  [
    row,
    ...Object.entries(said).map(([field, value]) => `${field}=${value}`),
    ...(marks ? [`marks=${marks.join('/')}`] : []),
    ...(average === undefined ? [] : [`average=${average}`]),
    ...faults.map(({ field, code }) => `!${field}:${code}`),
  ].join(' ');

async function whatComesOf(file: Uint8Array): Promise<readonly string[] | string> {
  try {
    const layout = layoutOf(await readRows(file));
    return layout.rows.map((row) => tell(readRow(layout, row)));
  } catch (error) {
    if (error instanceof Unreadable) return error.code;
    throw error;
  }
}

const files = [...textFiles, ...(await workbooks())];

test('there are sixty of them, each of its own kind', () => {
  expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
  expect(files.length).toBeGreaterThanOrEqual(60);
});

describe('an ugly file becomes what it must', () => {
  test.each(files.map((file) => [file.name, file] as const))('%s', async (_, { bytes, becomes }) => {
    expect(await whatComesOf(bytes)).toEqual(becomes);
  });
});

test('the file that everybody has is read whole', async () => {
  expect(await whatComesOf(readFileSync(new URL('../files/etudiants.csv', import.meta.url)))).toEqual([
    '2 last_name=Diop first_name=Awa phone=771234501 class_name=4eB marks=12/15 average=13.5',
    '3 last_name=Ndiaye first_name=Moussa phone=771234502 class_name=4eB marks=12/15 average=13.5',
    '4 last_name=Fall first_name=Fatou phone=771234503 class_name=4eB marks=8/9.5/11.25 average=9.58',
    '5 last_name=Sarr first_name=Ibrahima phone=771234504 class_name=3eA marks=',
  ]);
});

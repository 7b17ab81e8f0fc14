import { createContext } from '../tests/support/tables.ts';
import type { Bench, Round } from './frame.ts';
import { figure, over } from './lives.ts';
import { cpuSeconds, forgetPeak, peakOf } from './process.ts';
import { engines } from './support.ts';

const ROWS = 2_000;
const ROWS_WITH_MARKS = 500;
const ROWS_AT_ONCE = 500;

/** The most rows that a file may have, and how many a usual one has. */
const [MOST_ROWS, SCHOOL] = [100_000, 1_000];

const HEADER = 'nom,prenom,telephone,classe,notes,moyenne\n';

/** A file of so many students; `notes` for marks that come along. */
function fileOf(count: number, first: number, notes = ''): Buffer {
  const row = (i: number) => `Nom${i},Prenom${i},${770_000_000 + i},${i % 40}eA,${notes},\n`;
  return Buffer.from(HEADER + Array.from({ length: count }, (_, i) => row(first + i)).join(''));
}

/** What takes the rows of a file. @returns rows for each second of CPU, of this process with the engine */
async function taker() {
  const [{ layoutOf }, { readRows }, { ImportRun }, { calendar }] = await Promise.all([
    import('../functions/registration/imports/columns.ts'),
    import('../functions/registration/imports/read-rows.ts'),
    import('../functions/registration/imports/run.ts'),
    import('../functions/registration/school/school-store.ts'),
  ]);
  return async (file: Buffer, dry = false): Promise<number> => {
    const before = cpuSeconds(process.pid);
    const layout = layoutOf(await readRows(file));
    const run = new ImportRun(layout, { calendar: await calendar(), by: 'bench' }, dry);
    for (let from = 0; from < layout.rows.length; from += ROWS_AT_ONCE)
      await run.take(layout.rows.slice(from, from + ROWS_AT_ONCE));
    return layout.rows.length / (cpuSeconds(process.pid) - before);
  };
}

/** The most memory, in MB, while so many rows are taken in files of a size. */
async function memoryOf(take: (file: Buffer, dry: boolean) => Promise<unknown>, size: number): Promise<number> {
  forgetPeak(process.pid);
  for (let from = 0; from < MOST_ROWS; from += size) await take(fileOf(size, from), true);
  return peakOf(process.pid);
}

export const bench: Bench = {
  about:
    'How many rows an import takes for each second of CPU, its own and that of the embedded engine, by what they are: read and judged alone (a dry run), new students, the same file once more, new students with two marks each; and the most memory of a dry run of 100,000 rows in one file as against the same number in files of 1,000.',
  rows: [
    { what: 'a dry run', unit: 'rows/s', better: 'higher', of: figure('dry') },
    { what: 'new students', unit: 'rows/s', better: 'higher', of: figure('new') },
    { what: 'the same file again', unit: 'rows/s', better: 'higher', of: figure('again') },
    { what: 'new students with marks', unit: 'rows/s', better: 'higher', of: figure('marks') },
    { what: 'memory at 100,000 rows', unit: 'MB', better: 'lower', of: figure('large') },
    {
      what: 'memory at 100,000 rows ÷ at 1,000',
      unit: '×',
      better: 'lower',
      goal: 1.2,
      of: over('large', 'small'),
    },
  ],
  async *measure() {
    await using _ = await engines();
    await createContext('registration', 'grades');
    const take = await taker();
    await take(fileOf(ROWS_WITH_MARKS, 900_000));
    // Once, and the small first: what a process has taken it seldom gives back.
    const small = await memoryOf(take, SCHOOL);
    const large = await memoryOf(take, MOST_ROWS);
    for (let n = 0; ; n += 1) {
      const file = fileOf(ROWS, n * ROWS);
      const dry = await take(file, true);
      const round: Round = { dry, new: await take(file), again: await take(file) };
      const marks = await take(fileOf(ROWS_WITH_MARKS, 500_000 + n * ROWS_WITH_MARKS, '12;15'));
      yield { ...round, marks, small, large };
    }
  },
};

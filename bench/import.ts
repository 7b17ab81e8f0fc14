import { readFileSync } from 'node:fs';
import { startEngines, stopEngines } from '../tests/support/engines.ts';
import { createContext } from '../tests/support/tables.ts';

/*
 * How many rows a second an import takes, by what they are: read and judged alone (a dry run), new students, the same
 * file once more. On the embedded engine, in one process with it.
 */

const ROWS = Number(process.argv[2] ?? 10_000);
const ROWS_AT_ONCE = 500;

const HEADER = 'nom,prenom,telephone,classe,notes,moyenne\n';

/** A file of so many students; `notes` for marks that come along. */
function fileOf(count: number, first: number, notes = ''): Buffer {
  const row = (i: number) => `Nom${i},Prenom${i},${770_000_000 + i},${i % 40}eA,${notes},\n`;
  return Buffer.from(HEADER + Array.from({ length: count }, (_, i) => row(first + i)).join(''));
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

await startEngines();
await createContext('registration', 'grades');
const [{ layoutOf }, { readRows }, { ImportRun }, { calendar }] = await Promise.all([
  import('../functions/registration/imports/columns.ts'),
  import('../functions/registration/imports/read-rows.ts'),
  import('../functions/registration/imports/run.ts'),
  import('../functions/registration/school/school-store.ts'),
]);

/** The CPU time of the engine so far, in seconds, where the system tells. */
function engineCpu(): number {
  try {
    const [, rest = ''] = readFileSync(`/proc/${enginePid()}/stat`, 'utf8').split(') ');
    const fields = rest.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}

const enginePid = (): string => {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
  return children[0] ?? '';
};

async function measure(name: string, file: Buffer, dry: boolean): Promise<void> {
  const before = { own: process.cpuUsage(), engine: engineCpu() };
  const startedAt = performance.now();
  const layout = layoutOf(await readRows(file));
  const readAt = performance.now();
  const run = new ImportRun(layout, { calendar: await calendar(), by: 'bench' }, dry);
  for (let from = 0; from < layout.rows.length; from += ROWS_AT_ONCE)
    await run.take(layout.rows.slice(from, from + ROWS_AT_ONCE));
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(before.own);
  const cpu = { own: (user + system) / 1e6, engine: engineCpu() - before.engine };
  const rate = Math.round(layout.rows.length / seconds);
  say(
    `${name.padEnd(28)} ${rate} rows/s, of ${seconds.toFixed(2)} s; CPU ${cpu.own.toFixed(2)} s ours, ${cpu.engine.toFixed(2)} s the engine; read in ${((readAt - startedAt) / 1000).toFixed(2)} s`,
  );
}

try {
  const file = fileOf(ROWS, 0);
  await measure('warm-up', fileOf(500, 900_000), false);
  await measure('dry run', file, true);
  await measure('new students', file, false);
  await measure('the same file again', file, false);
  await measure('new students with marks', fileOf(Math.min(ROWS, 2_000), 500_000, '12;15'), false);
} finally {
  await stopEngines();
}

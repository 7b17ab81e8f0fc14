import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { readEndpoints } from '../localstack/data-folder.ts';
import { loadContextResources } from '../localstack/resources/create.ts';
import { freePort } from '../project/ports.ts';
import { descendantsOf } from '../project/processes.ts';
import { logIn } from '../tests/support/http.ts';
import { startCampus, whenReady } from '../tests/support/supervisor.ts';
import type { Bench, Round, Row } from './frame.ts';
import { figure, over } from './lives.ts';
import { cpuSeconds, forgetPeak, peakOf } from './process.ts';

const ROWS = 100_000;
const CLASS = 1_000;
const FORMATS = ['csv', 'xlsx', 'json'] as const;

/** The process that serves: of those of a Campus, the one that runs the emulator. */
function serverOf(supervisor: number): number {
  const commandOf = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  const found = descendantsOf(supervisor).find((pid) => commandOf(pid).includes('serverless.js'));
  if (found === undefined) throw new Error('no process of the server was found');
  return found;
}

/** Puts students into the table as it stores them, in classes of a thousand. */
async function seed(folder: string): Promise<void> {
  const { dynamoDb, sqs } = readEndpoints(folder);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb,
    AWS_ENDPOINT_URL_SQS: sqs,
    AWS_REGION: 'eu-west-3',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  Object.assign(process.env, loadContextResources(['functions/registration/context.yml'], 'campus-local').environment);
  const { documents } = await import('../platform/data/client.ts');
  const { studentItem } = await import('../functions/registration/students/student-index.ts');
  const { table } = await import('../functions/registration/table.ts');
  const student = (id: number) =>
    studentItem({
      id,
      name: `Aïssatou Ndiaye ${id}`,
      first_name: 'Aïssatou',
      last_name: `Ndiaye ${id}`,
      email: `eleve${id}@campus.example`,
      phone: `+2217${String(id).padStart(8, '0')}`,
      matricule: `2026-${id}` as never,
      birth_date: '2009-01-15',
      birth_place: 'Saint-Louis',
      class_name: `Classe ${Math.floor(id / CLASS)}`,
      enrolments: [],
      paid: false,
      notified: false,
      registered_at: '2026-10-01T08:00:00.000Z',
      balance: 0,
      version: 1,
    });
  for (let from = 0; from < ROWS; from += 25) {
    const requests = Array.from({ length: 25 }, (_, i) => ({ PutRequest: { Item: student(CLASS + from + i) } }));
    await documents.send(new BatchWriteCommand({ RequestItems: { [table.name]: requests } }));
  }
}

/** Takes a file and throws it away. @returns its size in bytes */
async function take(url: string, token: string): Promise<number> {
  const [answer] = (await once(request(url, { headers: { Authorization: `Bearer ${token}` } }).end(), 'response')) as [
    IncomingMessage,
  ];
  if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}`);
  let bytes = 0;
  for await (const chunk of answer) bytes += (chunk as Buffer).length;
  return bytes;
}

const filesOf = (format: string): string => `${process.env.CAMPUS_URL}/students/export?format=${format}`;

/**
 * The most memory that the server takes in one format for all rows in files of a thousand, so that it has made as much
 * garbage as for all of them in one.
 */
async function smallOf(format: string, server: number, token: string): Promise<number> {
  forgetPeak(server);
  for (let i = 1; i <= ROWS / CLASS; i += 1) await take(`${filesOf(format)}&class_name=Classe%20${i}`, token);
  return peakOf(server);
}

/** All rows in one file: those of each second of the server's CPU and of the clock, and the most memory that it took. */
async function largeOf(format: string, server: number, token: string) {
  forgetPeak(server);
  const [startedAt, before] = [performance.now(), cpuSeconds(server)];
  await take(filesOf(format), token);
  const [seconds, cpu] = [(performance.now() - startedAt) / 1000, cpuSeconds(server) - before];
  const rates = { [`${format} rows`]: ROWS / cpu, [`${format} rate`]: ROWS / seconds };
  return { rates, memory: peakOf(server) };
}

const rowsOf = (format: (typeof FORMATS)[number]): readonly Row[] => {
  const name = format.toUpperCase();
  return [
    {
      what: `${name}, for each second of the server's CPU`,
      unit: 'rows',
      better: 'higher',
      goal: 20_000,
      of: figure(`${format} rows`),
    },
    {
      what: `${name}, memory at 100,000 rows ÷ at 1,000`,
      unit: '×',
      better: 'lower',
      goal: 1.2,
      of: over(`${format} large`, `${format} small`),
    },
    { what: `${name}, by the clock`, unit: 'rows/s', better: 'higher', of: figure(`${format} rate`) },
  ];
};

export const bench: Bench = {
  about:
    'Students as files under `npm start`, and the most memory that the server takes for 100,000 rows in one file as against the same number in files of 1,000.',
  rows: FORMATS.flatMap(rowsOf),
  async *measure() {
    await using cleanUp = new AsyncDisposableStack();
    const folder = mkdtempSync(join(tmpdir(), 'campus-export-'));
    cleanUp.defer(() => rmSync(folder, { recursive: true }));
    const campus = await whenReady(startCampus({ port: await freePort(), data: folder }));
    cleanUp.defer(async () => {
      campus.child.kill('SIGTERM');
      await campus.exited;
    });
    process.env.CAMPUS_URL = campus.url;
    const token = await logIn('admin', 'admin');
    await seed(folder);
    const server = serverOf(campus.child.pid ?? 0);
    // Once, and right before the other: what a process has taken it seldom gives back.
    const memory = new Map<string, Round>();
    while (true) {
      const figures: Round[] = [];
      for (const format of FORMATS) {
        const small = memory.has(format) ? Number.NaN : await smallOf(format, server, token);
        const large = await largeOf(format, server, token);
        const took = memory.get(format) ?? { [`${format} small`]: small, [`${format} large`]: large.memory };
        memory.set(format, took);
        figures.push(large.rates, took);
      }
      yield Object.assign({}, ...figures);
    }
  },
};

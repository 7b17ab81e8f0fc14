import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { freePort } from '../project/ports.ts';
import { descendantsOf } from '../project/processes.ts';
import { logIn } from '../tests/support/http.ts';
import { startCampus, whenReady } from '../tests/support/supervisor.ts';
import { type Bench, quantile, type Round } from './frame.ts';
import { figure } from './lives.ts';
import { cpuSeconds } from './process.ts';

const CONNECTIONS = 200;
const SECONDS = 3;

interface Ask {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

/** One of the ids 1, 2, … that the demo data gave. */
const oneOf = (count: number): number => 1 + Math.floor(Math.random() * count);

const ASKS: readonly (() => Ask)[] = [
  () => ({ method: 'GET', path: `/get_grades/${oneOf(16)}` }),
  () => ({ method: 'GET', path: `/health/${oneOf(2)}` }),
  () => ({ method: 'POST', path: `/add_grade/${oneOf(16)}`, body: { grade: oneOf(20) } }),
  () => ({ method: 'GET', path: `/health/${oneOf(2)}/history` }),
  () => ({ method: 'GET', path: `/persons/${oneOf(3)}` }),
];

/** The outcome of one call: its status, with the code of a refusal. */
async function outcome(url: URL, agent: Agent, token: string, { method, body }: Ask): Promise<string> {
  const headers = { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) };
  const sent = request(url, { method, agent, headers }).end(body && JSON.stringify(body));
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const received = await text(answer);
  const code = (answer.statusCode ?? 0) >= 400 ? (JSON.parse(received) as { code: string }).code : '';
  return `${answer.statusCode} ${code}`.trim();
}

async function crowd(url: string, token: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const outcomes = new Map<string, number>();
  const times: number[] = [];
  const end = performance.now() + SECONDS * 1000;
  const one = async () => {
    while (performance.now() < end) {
      const ask = (ASKS[oneOf(ASKS.length) - 1] as () => Ask)();
      const startedAt = performance.now();
      const key = await outcome(new URL(url + ask.path), agent, token, ask).catch((error: Error) => error.message);
      times.push(performance.now() - startedAt);
      outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
  agent.destroy();
  return { outcomes, times };
}

/** The memory of a Campus with all its processes, in MB. Linux only. */
function memoryOf(pid: number): number {
  const kb = (one: number) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${one}/status`, 'utf8'))?.[1]);
  return [pid, ...descendantsOf(pid)].reduce((sum, one) => sum + kb(one), 0) / 1024;
}

/** Starts a Campus with a school of its own, and lets the crowd in as soon as it is ready. */
async function start(): Promise<Round> {
  await using cleanUp = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'campus-start-'));
  cleanUp.defer(() => rmSync(folder, { recursive: true }));
  const startedAt = performance.now();
  const campus = await whenReady(startCampus({ port: await freePort(), data: folder }));
  const seconds = (performance.now() - startedAt) / 1000;
  cleanUp.defer(async () => {
    campus.child.kill('SIGTERM');
    await campus.exited;
  });
  const pid = campus.child.pid ?? 0;
  const ready = { seconds, cpu: cpuSeconds(pid), mb: memoryOf(pid) };
  process.env.CAMPUS_URL = campus.url;
  const { outcomes, times } = await crowd(campus.url, await logIn('admin', 'admin'));
  const failed = [...outcomes].filter(([outcome]) => !/^[24]/.test(outcome)).map(([, count]) => count);
  const failures = failed.reduce((sum, count) => sum + count, 0);
  return {
    ...ready,
    failures: (1000 * failures) / times.length,
    rate: times.length / SECONDS,
    p99: quantile(times, 0.99),
  };
}

export const bench: Bench = {
  about:
    'From `npm start`, with a school of its own to fill, to ready; and then two hundred connections at once, which read, enter marks and ask for health records.',
  rows: [
    { what: 'until it is ready', unit: 's', better: 'lower', of: figure('seconds') },
    { what: 'until it is ready, CPU', unit: 's', better: 'lower', of: figure('cpu') },
    { what: 'memory when ready, all processes', unit: 'MB', better: 'lower', of: figure('mb') },
    {
      what: 'of a thousand answers to two hundred at once, those of 500 and above',
      unit: '',
      better: 'lower',
      goal: 0,
      of: figure('failures'),
    },
    {
      what: 'answers a second to two hundred at once, from the first moment',
      unit: '/s',
      better: 'higher',
      of: figure('rate'),
    },
    { what: 'their p99', unit: 'ms', better: 'lower', of: figure('p99') },
  ],
  async *measure() {
    while (true) yield await start();
  },
};

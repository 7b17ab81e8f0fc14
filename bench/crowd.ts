import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { freePort } from '../project/ports.ts';
import { logIn } from '../tests/support/http.ts';
import { startCampus, whenReady } from '../tests/support/supervisor.ts';

// A crowd of two hundred on a Campus that has just started: reads, marks, and health records, which ask the persons
// service. What a cold start does under it is counted by status and problem code; a 5xx is a failure.
const CONNECTIONS = Number(process.env.CONNECTIONS ?? 200);
const SECONDS = Number(process.env.SECONDS ?? 20);

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

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
  return { outcomes, times: times.sort((a, b) => a - b) };
}

const folder = mkdtempSync(join(tmpdir(), 'campus-crowd-'));
const campus = await whenReady(startCampus({ port: await freePort(), data: folder }));
try {
  process.env.CAMPUS_URL = campus.url;
  const token = await logIn('admin', 'admin');
  say(`${CONNECTIONS} connections for ${SECONDS} s`);
  const { outcomes, times } = await crowd(campus.url, token);
  const at = (share: number) => `${times[Math.floor(times.length * share)]?.toFixed(0)} ms`;
  for (const [key, count] of [...outcomes].sort()) say(`${String(count).padStart(8)}  ${key}`);
  say(`${(times.length / SECONDS).toFixed(0)} answers/s, p50 ${at(0.5)}, p99 ${at(0.99)}`);
  if ([...outcomes.keys()].some((key) => !/^[24]/.test(key))) process.exitCode = 1;
} finally {
  campus.child.kill('SIGTERM');
  await campus.exited;
  rmSync(folder, { recursive: true });
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../project/ports.ts';
import { call, logIn } from '../tests/support/http.ts';
import { startCampus, whenReady } from '../tests/support/supervisor.ts';
import type { Bench, Round, Row } from './frame.ts';
import { figure, over } from './lives.ts';
import { drive, type Load, warmUp } from './load.ts';
import { authorised, LocalPeers } from './peers/local.ts';
import type { Server } from './process.ts';

const CONNECTIONS = [1, 16, 64] as const;

/** A server with what is asked of it. */
interface Contender {
  readonly server: Server;
  readonly headers?: Readonly<Record<string, string>>;
  readonly closes?: boolean;
}

async function startOurs(folder: string): Promise<Contender> {
  const campus = await whenReady(startCampus({ port: await freePort(), data: join(folder, 'campus') }));
  process.env.CAMPUS_URL = campus.url;
  const token = await logIn('admin', 'admin');
  const id = 1_000_001;
  await call('POST', '/init_student', { token, body: { id, name: 'Awa Diop' } });
  for (const grade of [12, 15.5]) await call('POST', `/add_grade/${id}`, { token, body: { grade } });
  const server = {
    pid: campus.child.pid ?? 0,
    url: `${campus.url}/get_grades/${id}`,
    async stop() {
      campus.child.kill('SIGTERM');
      await campus.exited;
    },
  };
  return { server, headers: { Authorization: `Bearer ${token}` } };
}

/** The peers, each with what it is asked with. */
async function startPeers(folder: string, keep: <S extends Server>(server: S) => S) {
  const peers = await LocalPeers.prepare(folder);
  const headers = { Authorization: `Bearer ${peers.token}` };
  const express = keep(await peers.express());
  return {
    plain: { server: keep(await peers.gunicorn()), closes: true },
    same: { server: authorised(keep(await peers.gunicorn('--threads', '4'))), headers },
    dev: { server: authorised(keep(await peers.flask())), headers, closes: true },
    express: { server: authorised(express), headers },
    expressPlain: { server: express },
  } satisfies Record<string, Contender>;
}

/** The answer of a contender, so that what is timed is the same job. */
async function answerOf({ server, headers = {} }: Contender): Promise<string> {
  const answer = await fetch(server.url, { headers: { ...headers } });
  const { name, grades } = (await answer.json()) as { name: string; grades: number[] };
  return JSON.stringify({ name, grades });
}

const named = (name: string, { perSecond, cpuPerAnswer, p50, p99 }: Load): Round => ({
  [`${name} rate`]: perSecond,
  [`${name} cpu`]: cpuPerAnswer,
  [`${name} p50`]: p50,
  [`${name} p99`]: p99,
});

/** Each of them in turn, on so many connections. */
async function roundOf(contenders: Readonly<Record<string, readonly [Contender, ...number[]]>>): Promise<Round> {
  const loads: Round[] = [];
  for (const [name, [{ server, ...options }, ...all]] of Object.entries(contenders))
    for (const connections of all)
      loads.push(named(`${name} ${connections}`, await drive(server, { ...options, connections })));
  return Object.assign({}, ...loads);
}

const compared: readonly Row[] = CONNECTIONS.map((n) => ({
  what: `rate ÷ Flask on the same job, gunicorn -w 2 --threads 4, ${n} connection${n > 1 ? 's' : ''}`,
  unit: '×',
  better: 'higher',
  goal: 0.5,
  of: over(`ours ${n} rate`, `same ${n} rate`),
}));

export const bench: Bench = {
  about:
    'Authorised `GET /get_grades/{id}` under `npm start`, against Flask and Express 5 on SQLite doing the same job (the token verified, the session looked up, the marks read), and against the job of the source document without them (`bench/peers/local`). All run all the time and are driven in turn.',
  rows: [
    { what: 'CPU of an authorised read', unit: 'ms', better: 'lower', goal: 0.5, of: figure('ours 16 cpu') },
    { what: 'the same, Flask on the same job', unit: 'ms', better: 'lower', of: figure('same 16 cpu') },
    { what: 'the same, Flask’s own server for development', unit: 'ms', better: 'lower', of: figure('dev 16 cpu') },
    { what: 'the same, Express 5 on the same job', unit: 'ms', better: 'lower', of: figure('express 16 cpu') },
    { what: 'CPU of ours ÷ Flask on the same job', unit: '×', better: 'lower', of: over('ours 16 cpu', 'same 16 cpu') },
    ...compared,
    {
      what: 'rate ÷ Flask on the same job, its own server for development, 16 connections',
      unit: '×',
      better: 'higher',
      of: over('ours 16 rate', 'dev 16 rate'),
    },
    {
      what: 'rate ÷ Express 5 on the same job, one process, 16 connections',
      unit: '×',
      better: 'higher',
      of: over('ours 16 rate', 'express 16 rate'),
    },
    {
      what: 'rate ÷ Flask without authorisation, gunicorn -w 2',
      unit: '×',
      better: 'higher',
      of: over('ours 16 rate', 'plain 16 rate'),
    },
    {
      what: 'rate ÷ Express 5 without authorisation, one process',
      unit: '×',
      better: 'higher',
      of: over('ours 16 rate', 'expressPlain 16 rate'),
    },
    { what: 'answers a second, 16 connections', unit: '/s', better: 'higher', of: figure('ours 16 rate') },
    { what: 'p50, 16 connections', unit: 'ms', better: 'lower', of: figure('ours 16 p50') },
    { what: 'p99, 64 connections', unit: 'ms', better: 'lower', goal: 50, of: figure('ours 64 p99') },
  ],
  async *measure() {
    await using cleanUp = new AsyncDisposableStack();
    const folder = mkdtempSync(join(tmpdir(), 'campus-bench-'));
    cleanUp.defer(() => rmSync(folder, { recursive: true }));
    const keep = <S extends Server>(server: S): S => {
      cleanUp.defer(() => server.stop());
      return server;
    };
    const peers = await startPeers(folder, keep);
    const ours = await startOurs(folder);
    keep(ours.server);
    const answers = new Set(await Promise.all([ours, ...Object.values(peers)].map(answerOf)));
    if (answers.size > 1) throw new Error(`They answer differently: ${[...answers].join(' and ')}`);
    const { plain, same, dev, express, expressPlain } = peers;
    for (const { server, ...options } of [same, express, expressPlain, ours]) await warmUp(server, options);
    const each = {
      ...{ plain: [plain, 16], dev: [dev, 16], express: [express, 16], expressPlain: [expressPlain, 16] },
      ...{ ours: [ours, ...CONNECTIONS], same: [same, ...CONNECTIONS] },
    } satisfies Parameters<typeof roundOf>[0];
    while (true) yield await roundOf(each);
  },
};

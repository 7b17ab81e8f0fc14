import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../project/ports.ts';
import { runWell } from '../project/processes.ts';
import { call, logIn } from '../tests/support/http.ts';
import { startCampus, whenReady } from '../tests/support/supervisor.ts';
import { drive, type Load, warmUp } from './load.ts';
import { type Server, serve } from './process.ts';

// Authorised GET /get_grades/{id} under `npm start` against the same job, without authorisation, in Flask on SQLite
// under gunicorn with two workers: as it comes, closing each connection, and with two threads each, which keep them
// open. All run all the time and are driven in turn, so that a busy machine slows them alike.
const ROUNDS = 2;
const here = import.meta.dirname;

/** Flask's Python, in an environment of its own that the first run makes. Needs Python 3.10 or later. */
async function prepareFlask(env: NodeJS.ProcessEnv): Promise<string> {
  const bin = join(here, '.venv/bin');
  if (!existsSync(join(bin, 'gunicorn'))) {
    await runWell('python3', ['-m', 'venv', join(here, '.venv')]);
    await runWell(join(bin, 'pip'), ['install', '--quiet', '-r', join(here, 'flask/requirements.txt')]);
  }
  await runWell(join(bin, 'python'), [join(here, 'flask/app.py')], { env });
  return join(bin, 'gunicorn');
}

async function startFlask(gunicorn: string, env: NodeJS.ProcessEnv, options: readonly string[] = []): Promise<Server> {
  const address = `127.0.0.1:${await freePort()}`;
  const args = ['-w', '2', ...options, '-b', address, '--chdir', join(here, 'flask'), 'app:app'];
  return serve(gunicorn, args, `http://${address}/get_grades/1`, env);
}

async function startOurs(folder: string): Promise<Server & { readonly token: string }> {
  const campus = await whenReady(startCampus({ port: await freePort(), data: join(folder, 'campus') }));
  process.env.CAMPUS_URL = campus.url;
  const token = await logIn('admin', 'admin');
  const id = 1_000_001;
  await call('POST', '/init_student', { token, body: { id, name: 'Awa Diop' } });
  for (const grade of [12, 15.5]) await call('POST', `/add_grade/${id}`, { token, body: { grade } });
  return {
    token,
    pid: campus.child.pid ?? 0,
    url: `${campus.url}/get_grades/${id}`,
    async stop() {
      campus.child.kill('SIGTERM');
      await campus.exited;
    },
  };
}

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

function tell(name: string, { perSecond, cpuPerAnswer, p50, p99 }: Load): number {
  const rate = perSecond.toFixed(0).padStart(6);
  say(`${name.padEnd(22)} ${rate} req/s   ${cpuPerAnswer.toFixed(2)} ms CPU each   p50 ${p50} ms   p99 ${p99} ms`);
  return perSecond;
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

const folder = mkdtempSync(join(tmpdir(), 'campus-bench-'));
const cleanUp = new AsyncDisposableStack();
cleanUp.defer(() => rmSync(folder, { recursive: true }));

function keep<S extends Server>(server: S): S {
  cleanUp.defer(() => server.stop());
  return server;
}

try {
  const env = { GRADES_DB: join(folder, 'grades.sqlite') };
  const gunicorn = await prepareFlask(env);
  const plain = keep(await startFlask(gunicorn, env));
  const threaded = keep(await startFlask(gunicorn, env, ['--threads', '2']));
  const ours = keep(await startOurs(folder));
  const headers = { Authorization: `Bearer ${ours.token}` };
  for (const server of [plain, threaded]) await warmUp(server);
  await warmUp(ours, { headers });
  const rates = { plain: [] as number[], ours: [] as number[], threaded: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.plain.push(tell('gunicorn -w 2', await drive(plain, { closes: true })));
    rates.ours.push(tell('Campus, authorised', await drive(ours, { headers })));
    rates.threaded.push(tell('gunicorn -w 2, threads', await drive(threaded)));
  }
  say(`Campus / gunicorn -w 2: ${(mean(rates.ours) / mean(rates.plain)).toFixed(2)}`);
  say(`Campus / gunicorn -w 2 --threads 2: ${(mean(rates.ours) / mean(rates.threaded)).toFixed(2)}`);
} finally {
  await cleanUp.disposeAsync();
}

import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../localstack/engines/ports.ts';
import { projectRoot } from '../../localstack/settings.ts';
import { secretsIn } from './secrets-in.ts';
import { type Campus, descendantsOf, runs, startCampus, whenReady } from './supervisor.ts';

/** Where the log of the last run stays. */
const keptLog = join(projectRoot, '.build/http-tests.log');

let running: { readonly campus: Campus; readonly data: string } | undefined;

/** Starts Campus for the HTTP tests, unless CAMPUS_URL names one that already runs somewhere. */
export async function startForTests(): Promise<void> {
  if (process.env.CAMPUS_URL) return;
  const data = mkdtempSync(join(tmpdir(), 'campus-http-'));
  const campus = startCampus({ port: await freePort(), data });
  process.once('exit', () => campus.child.kill('SIGKILL'));
  running = { campus, data };
  await whenReady(campus);
  process.env.CAMPUS_URL = campus.url;
  process.env.CAMPUS_LOG_FILE = join(data, 'campus.log');
}

/** Stops it, keeps its log, and fails when anything of it is left. */
export async function stopAfterTests(): Promise<void> {
  if (!running) return;
  const { campus, data } = running;
  const family = descendantsOf(campus.child.pid ?? 0);
  campus.child.kill('SIGTERM');
  const code = await campus.exited;
  mkdirSync(join(projectRoot, '.build'), { recursive: true });
  copyFileSync(join(data, 'campus.log'), keptLog);
  const secrets = secretsIn(readFileSync(keptLog, 'utf8'));
  if (secrets.length > 0) throw new Error(`The log of the run holds what no log may: ${secrets.join(', ')}`);
  rmSync(data, { recursive: true });
  const left = family.filter(runs);
  if (code !== 0 || left.length > 0)
    throw new Error(`Campus exited with ${code} and left ${left.join(', ') || 'nothing'}`);
}

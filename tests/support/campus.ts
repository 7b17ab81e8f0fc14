import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { olderPart } from '../../localstack/log-file.ts';
import { freePort } from '../../project/ports.ts';
import { descendantsOf, runs } from '../../project/processes.ts';
import { projectRoot } from '../../project/root.ts';
import { secretsIn } from './secrets-in.ts';
import { type Campus, startCampus, whenReady } from './supervisor.ts';

/** Where the log of the last run stays. */
const keptLog = join(projectRoot, '.build/http-tests.log');

let running: { readonly campus: Campus; readonly data: string } | undefined;

/** Starts Campus for the HTTP tests, unless CAMPUS_URL names one that already runs somewhere. */
export async function startForTests(): Promise<void> {
  if (process.env.CAMPUS_URL) return;
  const data = mkdtempSync(join(tmpdir(), 'campus-http-'));
  // Everybody in these tests signs up from one address, and there are hundreds.
  process.env.SIGN_UPS_PER_HOUR = '100000';
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
  // Projects that run together share it, and each of them stops it.
  running = undefined;
  const family = descendantsOf(campus.child.pid ?? 0);
  campus.child.kill('SIGTERM');
  const code = await campus.exited;
  mkdirSync(join(projectRoot, '.build'), { recursive: true });
  copyFileSync(join(data, 'campus.log'), keptLog);
  const older = olderPart(join(data, 'campus.log'));
  const secrets = [keptLog, older].filter(existsSync).flatMap((file) => secretsIn(readFileSync(file, 'utf8')));
  if (secrets.length > 0) throw new Error(`The log of the run holds what no log may: ${secrets.join(', ')}`);
  rmSync(data, { recursive: true });
  const left = family.filter(runs);
  if (code !== 0 || left.length > 0)
    throw new Error(`Campus exited with ${code} and left ${left.join(', ') || 'nothing'}`);
}

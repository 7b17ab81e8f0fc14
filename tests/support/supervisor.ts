import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { descendantsOf, hasEnded, runs } from '../../project/processes.ts';
import { projectRoot } from '../../project/root.ts';
import { until } from '../../project/until.ts';

/** A Campus that a test started, with what it printed so far. */
export interface Campus {
  readonly child: ChildProcess;
  readonly url: string;
  output(): string;
  /** Its exit code, null when a signal ended it. */
  readonly exited: Promise<number | null>;
}

interface Options {
  readonly port: number | string;
  readonly data: string;
  /** The longest that a file which it or its children write may become, in blocks of 512 bytes. */
  readonly longestFile?: number;
}

/** Starts what `npm start` starts, on this port and data folder. */
export function startCampus({ port, data, longestFile }: Options): Campus {
  const limit = longestFile === undefined ? '' : `ulimit -f ${longestFile};`;
  const script = join(projectRoot, 'localstack/start.mjs');
  const child = spawn('sh', ['-c', `${limit} exec "$0" "$1"`, process.execPath, script], {
    // Handler tests are silent; a Campus that runs logs as it does for its users.
    env: { ...process.env, CAMPUS_LOG_LEVEL: 'INFO', PORT: String(port), CAMPUS_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => printed.push(String(chunk)));
  const exited = once(child, 'close').then(() => child.exitCode);
  return { child, url: `http://127.0.0.1:${port}`, output: () => printed.join(''), exited };
}

/** Waits for the ready line; fails with what was printed when the start failed. */
export async function whenReady(campus: Campus): Promise<Campus> {
  await until(() => /Campus is ready at/.test(campus.output()) || hasEnded(campus.child));
  if (hasEnded(campus.child))
    throw new Error(`Campus did not start: ${campus.child.signalCode ?? ''} ${campus.output()}`);
  return campus;
}

/**
 * Ends a Campus and all that it started at once, as a power cut would. Of Amazon's own engine, which answers before it
 * has written, and in most tries lost the very last transaction it had answered when it was killed, it asks for an end:
 * what it forgets is nothing that Campus could keep.
 */
export async function killWhole({ child }: Campus): Promise<void> {
  const family = [child.pid ?? 0, ...descendantsOf(child.pid ?? 0)];
  for (const pid of family) process.kill(pid, isAmazonsEngine(pid) ? 'SIGTERM' : 'SIGKILL');
  await until(() => !family.some(runs));
}

const isAmazonsEngine = (pid: number): boolean => readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'java';

/** Where a process listens, as address:port. */
export function listeningAddresses(pid: number): string[] {
  const sockets = readdirSync(`/proc/${pid}/fd`).map((fd) => socketOf(`/proc/${pid}/fd/${fd}`));
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .split('\n')
      .map((row) => row.trim().split(/\s+/))
      .filter((fields) => fields[3] === LISTENING && sockets.includes(`socket:[${fields[9]}]`))
      .map((fields) => readAddress(fields[1] ?? '')),
  );
}

const LISTENING = '0A';

function socketOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** The kernel writes an IPv4 address as a little-endian number. */
function readAddress(field: string): string {
  const [host = '', port = ''] = field.split(':');
  const address = host.length === 8 ? Buffer.from(host, 'hex').reverse().join('.') : host;
  return `${address}:${Number.parseInt(port, 16)}`;
}

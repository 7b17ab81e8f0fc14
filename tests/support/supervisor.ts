import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { projectRoot } from '../../localstack/settings.ts';

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
}

/** Starts what `npm start` starts, on this port and data folder. */
export function startCampus({ port, data }: Options): Campus {
  const child = spawn(process.execPath, [join(projectRoot, 'localstack/start.mjs')], {
    // Handler tests are silent; a Campus that runs logs as it does for its users.
    env: { ...process.env, POWERTOOLS_LOG_LEVEL: 'INFO', PORT: String(port), CAMPUS_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => printed.push(String(chunk)));
  const exited = once(child, 'close').then(() => child.exitCode);
  return { child, url: `http://127.0.0.1:${port}`, output: () => printed.join(''), exited };
}

const hasEnded = ({ child }: Campus): boolean => child.exitCode !== null || child.signalCode !== null;

/** Waits for the ready line; fails with what was printed when the start failed. */
export async function whenReady(campus: Campus): Promise<Campus> {
  await until(() => /Campus is ready at/.test(campus.output()) || hasEnded(campus));
  if (hasEnded(campus)) throw new Error(`Campus did not start: ${campus.child.signalCode ?? ''} ${campus.output()}`);
  return campus;
}

/** The processes that descend from a Campus. */
export function descendantsOf(pid: number): number[] {
  const children = processes().filter((candidate) => parentOf(candidate) === pid);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

/** Ends a Campus and all that it started at once, as a power cut would. */
export async function killWhole({ child }: Campus): Promise<void> {
  const family = [child.pid ?? 0, ...descendantsOf(child.pid ?? 0)];
  for (const pid of family) process.kill(pid, 'SIGKILL');
  await until(() => !family.some(runs));
}

/** Whether a process still runs. */
export function runs(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

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

/** Waits until a condition holds. */
export async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${condition}`);
    await pause(10);
  }
}

function processes(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { until } from './until.ts';

/** How a program ended, and what it printed. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams, in the order in which it came. */
  readonly output: string;
}

interface RunOptions {
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  readonly timeout?: number;
}

/** Runs a program to its end. */
export async function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { env, input = '', ...rest } = options;
  const child = spawn(file, args, { ...rest, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  // Whoever ends without reading its input is no failure of ours.
  child.stdin.on('error', () => {}).end(input);
  const [stdout, stderr, output]: [string[], string[], string[]] = [[], [], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => stdout.push(text) && output.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text) && output.push(text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: stdout.join(''), stderr: stderr.join(''), output: output.join('') };
}

/** The same for a program that must succeed. @returns its standard output @throws Error with what it printed */
export async function runWell(file: string, args: readonly string[], options?: RunOptions): Promise<string> {
  const { code, stdout, output } = await run(file, args, options);
  if (code !== 0) throw new Error(`${file} ${args[0] ?? ''} ended with ${code}:\n${output}`);
  return stdout;
}

/** Whether the child has ended, whatever way. */
export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

interface EndOptions {
  readonly graceMs?: number;
  /** Whether the child leads a process group, which ends with it. */
  readonly group?: boolean;
}

/** Asks the child to end, insists after a while, and returns when it is gone. */
export async function endChild(child: ChildProcess, { graceMs = 3000, group = false }: EndOptions = {}): Promise<void> {
  if (!hasEnded(child) && child.pid !== undefined) {
    const ended = once(child, 'exit');
    sendSignal(child, 'SIGTERM', group);
    const insist = setTimeout(() => sendSignal(child, 'SIGKILL', group), graceMs);
    await ended;
    clearTimeout(insist);
  }
  if (group) sendSignal(child, 'SIGKILL', group);
}

/** Sends a signal to a child, or to the process group that it leads; one that has ended hears nothing. */
export function sendSignal({ pid }: ChildProcess, name: NodeJS.Signals, group = false): void {
  try {
    if (pid) process.kill(group ? -pid : pid, name);
  } catch {
    // It has ended.
  }
}

/** Ends a process left behind by a start that was killed, if its command line still names `mark`. */
export async function endOrphan(pid: number, mark: string): Promise<void> {
  if (!procFile(pid, 'cmdline').includes(mark)) return;
  process.kill(pid, 'SIGKILL');
  await until(() => !procFile(pid, 'cmdline').includes(mark));
}

/** The processes that descend from one. Linux only. */
export function descendantsOf(pid: number): number[] {
  const children = readdirSync('/proc')
    .map(Number)
    .filter((candidate) => Number.isInteger(candidate) && parentOf(candidate) === pid);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

const parentOf = (pid: number): number => Number(/^PPid:\s+(\d+)/m.exec(procFile(pid, 'status'))?.[1]);

/** Whether a process still runs. Linux only. */
export function runs(pid: number): boolean {
  const status = procFile(pid, 'status');
  return status !== '' && !/^State:\s+Z/m.test(status);
}

/** What the kernel says of a process; nothing when it is gone. */
function procFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

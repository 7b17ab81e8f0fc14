import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { descendantsOf } from '../tests/support/supervisor.ts';

/** Runs a program to its end. @returns what it printed; fails with what it complained of */
export const run = async (file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> =>
  (await promisify(execFile)(file, args, { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 })).stdout;

const TICKS_PER_SECOND = 100;

/** The CPU time, in seconds, that a process and its living descendants have used so far. Linux only. */
export function cpuSeconds(pid: number): number {
  const ticks = [pid, ...descendantsOf(pid)].map((one) => {
    // Behind the name in brackets, which may hold anything: user and system time are the 12th and 13th fields.
    const fields = readFileSync(`/proc/${one}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(fields[11]) + Number(fields[12]);
  });
  return ticks.reduce((a, b) => a + b, 0) / TICKS_PER_SECOND;
}

/** A server that a benchmark started. */
export interface Server {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a server and waits until it answers there. It and its children end with `stop`. */
export async function serve(file: string, args: readonly string[], url: string, env: NodeJS.ProcessEnv) {
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: 'ignore' });
  const exited = once(child, 'exit');
  const server: Server = {
    url,
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
  while (!(await answers(url))) if (child.exitCode !== null) throw new Error(`${file} ended with ${child.exitCode}`);
  return server;
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(100) }).then(
    () => true,
    () => new Promise((resume) => setTimeout(() => resume(false), 50)),
  );
}

import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { descendantsOf, endChild, hasEnded } from '../project/processes.ts';
import { answers, until } from '../project/until.ts';

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

/** The most memory of a process since {@link forgetPeak}, in MB. Linux only. */
export const peakOf = (pid: number): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** Begins anew with {@link peakOf}: from what the process has now. */
export const forgetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');

/** A server that a benchmark started. */
export interface Server {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a server and waits until it answers there. It and its children end with `stop`. */
export async function serve(file: string, args: readonly string[], url: string, env: NodeJS.ProcessEnv) {
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: 'ignore' });
  const server: Server = {
    url,
    pid: child.pid ?? 0,
    stop: () => endChild(child),
  };
  await until(async () => hasEnded(child) || answers(url), { what: `${file} answers` });
  if (hasEnded(child)) throw new Error(`${file} ended with ${child.exitCode}`);
  return server;
}

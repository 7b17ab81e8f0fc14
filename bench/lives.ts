import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Round } from './frame.ts';

const TICK_MS = 10;

/** The CPU time of all children that have ended so far, in milliseconds, as the system counts it. Linux only. */
function cpuOfChildren(): number {
  // Behind the name in brackets: the 14th and 15th fields are what the children that were waited for have used.
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) * TICK_MS;
}

/** A program to be run to its end: the file that is executed, and what it is given. */
export type Program = readonly [file: string, ...args: string[]];

/** A program of Node's. */
export const node = (...args: readonly string[]): Program => [process.execPath, ...args];

function live([file, ...args]: Program): { readonly ms: number; readonly cpu: number } {
  const [startedAt, before] = [performance.now(), cpuOfChildren()];
  const { status, stderr } = spawnSync(file, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${status}: ${stderr}`);
  return { ms: performance.now() - startedAt, cpu: cpuOfChildren() - before };
}

/** Node doing nothing: what every start is held against. */
export const NOTHING: Program = node('-e', '0');

/**
 * Runs programs to their ends, in turns, so many times each. @returns `<name> ms`, the least of them: whatever
 * else the machine does only adds; and `<name> cpu`, the mean of their CPU time in milliseconds
 */
export function lives(programs: Readonly<Record<string, Program>>, runs = 10): Round {
  const all = Object.entries(programs).map(([name, program]) => ({
    name,
    program,
    ms: Number.POSITIVE_INFINITY,
    cpu: 0,
  }));
  for (let i = 0; i < runs; i += 1)
    for (const one of all) {
      const { ms, cpu } = live(one.program);
      one.ms = Math.min(one.ms, ms);
      one.cpu += cpu / runs;
    }
  return Object.fromEntries(
    all.flatMap(({ name, ms, cpu }) => [
      [`${name} ms`, ms],
      [`${name} cpu`, cpu],
    ]),
  );
}

/** The figure of one program of a round over that of another. */
export const over =
  (one: string, other: string) =>
  (round: Round): number =>
    (round[one] ?? Number.NaN) / (round[other] ?? Number.NaN);

/** One figure of a round. */
export const figure =
  (name: string) =>
  (round: Round): number =>
    round[name] ?? Number.NaN;

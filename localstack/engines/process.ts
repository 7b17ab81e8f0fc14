import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Whether the child has ended, whatever way. */
export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Asks the child to end, insists after a while, and returns when it is gone. */
export async function endChild(child: ChildProcess, graceMs = 3000): Promise<void> {
  if (hasEnded(child) || child.pid === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await ended;
  clearTimeout(insist);
}

/** Ends a process left behind by a start that was killed, if its command line still names `mark`. */
export async function endOrphan(pid: number, mark: string): Promise<void> {
  if (!commandLine(pid).includes(mark)) return;
  process.kill(pid, 'SIGKILL');
  while (commandLine(pid).includes(mark)) await pause(5);
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

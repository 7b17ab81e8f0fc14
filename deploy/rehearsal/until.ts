import { setTimeout as pause } from 'node:timers/promises';

/** Waits until a condition holds. @throws Error when it does not within the time */
export async function until(what: string, holds: () => Promise<boolean>, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await pause(100);
  }
}

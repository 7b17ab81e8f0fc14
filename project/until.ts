import { setTimeout as pause } from 'node:timers/promises';

/** How long to wait, and how often to look (milliseconds). */
export interface Patience {
  readonly within?: number;
  readonly every?: number;
  /** What the error says was waited for. */
  readonly what?: string;
  /** Gives up before the time is over. */
  readonly signal?: AbortSignal;
}

/** Waits until a condition holds. @throws Error when it does not within the time, or when the signal says so */
export async function until(condition: () => boolean | Promise<boolean>, patience: Patience = {}): Promise<void> {
  const { within = 60_000, every = 10, what = String(condition), signal } = patience;
  const deadline = Date.now() + within;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}`);
    await pause(every, undefined, signal ? { signal } : {});
  }
}

/** Whether something answers a GET there with a success within two seconds. */
export const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );

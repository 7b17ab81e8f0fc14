import { setTimeout as pause } from 'node:timers/promises';
import { reasonOf } from '../../project/command.ts';
import { type Answer, CHECKS, type Check } from './checks.ts';

/** How a check went. */
interface Outcome {
  readonly promise: string;
  /** Nothing when the promise is kept. */
  readonly fault: string | undefined;
}

const PAUSE_MS = 1_000;
/** A cold start with all that it loads, and then some. */
const ANSWER_MS = 20_000;

async function ask(url: string, { path, headers = {} }: Check): Promise<Answer> {
  const signal = AbortSignal.timeout(ANSWER_MS);
  const response = await fetch(url + path, { headers, redirect: 'manual', signal });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const faultOf = (url: string, check: Check): Promise<string | undefined> =>
  ask(url, check).then(check.fault, (error: Error) => reasonOf(error.cause ?? error));

/**
 * Asks a deployment what shows that it is up, whole and shut to strangers.
 * @param url its address, with the stage where that is part of it
 * @param patience for how long (ms) a broken promise is asked again: a deployment takes a while to be everywhere
 */
export async function smoke(url: string, patience: number): Promise<Outcome[]> {
  const base = url.replace(/\/+$/, '');
  const deadline = Date.now() + patience;
  const outcome = async (check: Check): Promise<Outcome> => {
    const fault = await faultOf(base, check);
    if (fault === undefined || Date.now() >= deadline) return { promise: check.promise, fault };
    await pause(PAUSE_MS);
    return outcome(check);
  };
  return Promise.all(CHECKS.map(outcome));
}

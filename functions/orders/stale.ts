import { setTimeout as pause } from 'node:timers/promises';
import { problem } from '../../platform/http/problems.ts';

const ATTEMPTS = 40;
const LONGEST_PAUSE_MS = 50;

/** What was read had changed by the time it was to be written. */
export class Stale extends Error {}

/** For the `otherwise` of a condition. */
export const stale = (): Stale => new Stale();

/**
 * Reads, judges and writes; starts over from the reading when somebody else wrote in between, so that every refusal is
 * one of the present state.
 * @throws busy when others keep coming first
 */
export async function untilFresh<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      if (attempt === ATTEMPTS) throw problem.busy({ cause: error });
      await pause(Math.random() * Math.min(LONGEST_PAUSE_MS, attempt * 2));
    }
  }
}

/** @throws stale_version when the caller's `If-Match` names another version than this record's */
export function requireVersion(record: { readonly version: number }, ifMatch: number | undefined): void {
  if (ifMatch !== undefined && ifMatch !== record.version) throw problem.stale_version();
}

import { setTimeout as pause } from 'node:timers/promises';
import { problem } from '../http/problems.ts';
import { type Condition, versionIs } from './write.ts';

const ATTEMPTS = 40;
const LONGEST_PAUSE_MS = 50;

/** Somebody else changed the record between our read and our write. */
export class LostUpdate extends Error {}

/** For the `otherwise` of a condition: {@link optimistically} then reads again. */
export const lostUpdate = (): LostUpdate => new LostUpdate();

/** Lets a write through only onto the version that was read; {@link optimistically} reads again when it is refused. */
export const unchanged = (version: number, missing: () => Error): Condition =>
  versionIs(version, (current) => (current ? new LostUpdate() : missing()));

/**
 * Runs a read, a change and a conditional write as if nobody else were at the record: again, when somebody was.
 * @param ifMatch the version that the caller insists on: then there is no second try
 * @throws stale_version when the record moved past `ifMatch`; `busy` when it moves faster than we can follow
 */
export async function optimistically<T>(ifMatch: number | undefined, attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof LostUpdate)) throw error;
      if (ifMatch !== undefined) throw problem.stale_version({ cause: error });
      if (tries === ATTEMPTS) throw problem.busy({ cause: error });
      await pause(Math.random() * LONGEST_PAUSE_MS);
    }
  }
}

/** @throws stale_version when the caller insists on another version than this */
export function mustMatch(ifMatch: number | undefined, version: number): void {
  if (ifMatch !== undefined && ifMatch !== version) throw problem.stale_version();
}

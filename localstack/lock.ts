import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartFailure } from './failure.ts';

/**
 * Holds the data folder for this process until it ends. A database lock rather than a file with a pid: the system
 * drops it however the process ends, and two that start at once cannot both have it.
 */
export function lockFolder(folder: string): Disposable {
  const lock = new DatabaseSync(join(folder, 'lock'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new StartFailure(`another Campus already runs on ${folder}; CAMPUS_DATA chooses another folder.`);
  }
  return { [Symbol.dispose]: () => lock.close() };
}

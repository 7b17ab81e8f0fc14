import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** What the system says where a file cannot grow: the disk is full, a quota or a limit on the size of files is met. */
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** The same, as SQLite says it: full, or a write that failed (SQLITE_FULL, SQLITE_IOERR_WRITE). */
const SQLITE_NO_ROOM = new Set([13, 778]);

/** Less than this, in bytes, is no room for a database. */
const SCANT = 1024 * 1024;

const MEGABYTE = 1024 * 1024;

/** Where the disk begins that a folder is on. */
function mountOf(folder: string): string {
  const { dev } = statSync(folder);
  let top = folder;
  while (dirname(top) !== top && statSync(dirname(top)).dev === dev) top = dirname(top);
  return top;
}

/** How many bytes may still be written into a folder. */
function roomIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/**
 * Says that there is no room left for the data, and on which disk, if that is why something failed.
 * @param failure what was thrown; whoever else ran into it may have said less, so the disk is looked at as well
 * @returns undefined where there is room
 */
export function wantOfRoom(failure: unknown, folder: string): string | undefined {
  const { code, errcode } = failure as { readonly code?: string; readonly errcode?: number };
  const room = roomIn(folder);
  if (!NO_ROOM.has(code ?? '') && !SQLITE_NO_ROOM.has(errcode ?? 0) && room >= SCANT) return undefined;
  const left = `${(room / MEGABYTE).toFixed(1)} MB free`;
  return room < SCANT
    ? `the disk of ${mountOf(folder)} is full (${left}), and the data folder ${folder} is on it.`
    : `nothing more can be written into ${folder} (${NO_ROOM.has(code ?? '') ? code : 'SQLite says full'}; disk of ${mountOf(folder)}, ${left}).`;
}

const EVERY_MS = 5_000;

/**
 * Tells, once each time, that the disk of the data folder has become full: what is to be written is then refused.
 * @returns what ends that
 */
export function tellWhenFull(folder: string, tell: (line: string) => void): () => void {
  let full: string | undefined;
  const look = () => {
    const before = full;
    full = wantOfRoom({}, folder);
    if (full && !before) tell(full);
  };
  const timer = setInterval(look, EVERY_MS).unref();
  return () => clearInterval(timer);
}

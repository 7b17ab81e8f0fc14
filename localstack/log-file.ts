import { copyFileSync, statSync, truncateSync } from 'node:fs';

/** The longest that the log gets, in bytes; as much again is kept of what was before. */
const LONGEST = 16 * 1024 * 1024;

const EVERY_MS = 1_000;

/** Where the part of the log is kept that had grown too long. */
export const olderPart = (file: string): string => `${file}.1`;

/** Empties a log that is too long, and keeps what it held in place of what was kept before. */
export function rotate(file: string, longest = LONGEST): void {
  const { size = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
  if (size <= longest) return;
  try {
    copyFileSync(file, olderPart(file));
  } catch {
    // A disk that has no room for both needs the room more than anybody needs the older part.
  }
  truncateSync(file);
}

/**
 * Keeps a log from filling the disk while others append to it. It is emptied and not renamed, since whoever writes has
 * it open; a line that is written at that very moment may be lost.
 * @returns what ends that
 */
export function keepShort(file: string): () => void {
  rotate(file);
  const timer = setInterval(rotate, EVERY_MS, file).unref();
  return () => clearInterval(timer);
}

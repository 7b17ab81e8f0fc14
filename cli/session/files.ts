import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EXIT, Failure } from '../failure.ts';
import { words } from '../language.ts';

const STALE_MS = 15_000;
const PATIENCE_MS = 20_000;

const isMissing = (error: unknown): boolean => (error as { code?: string }).code === 'ENOENT';

/** The JSON of a file, undefined where there is none. @throws Failure when it is no JSON */
export function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (error) {
    if (isMissing(error)) return undefined;
    if (error instanceof SyntaxError)
      throw new Failure(
        words(
          `${path} is damaged: remove it, and sign in again`,
          `${path} est abîmé : supprimez-le, puis reconnectez-vous`,
        ),
      );
    throw error;
  }
}

/** Writes a file whole or not at all, for its owner alone. */
export function writeJson(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  chmodSync(beside, 0o600);
  renameSync(beside, path);
}

/** @throws Failure when others of the machine may read a file that only its owner should */
export function mustBePrivate(path: string): void {
  if (process.platform === 'win32') return;
  try {
    const mode = statSync(path).mode & 0o777;
    if ((mode & 0o077) === 0) return;
    const has = mode.toString(8);
    throw new Failure(
      words(
        `others may read ${path} (mode ${has}): it holds your session`,
        `d'autres peuvent lire ${path} (mode ${has}) : il contient votre session`,
      ),
      EXIT.signedOut,
      words(`chmod 600 ${path}`, `chmod 600 ${path}`),
    );
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/**
 * Does something while no other process on this folder does: the lock is a file, and one that a dead process left is
 * taken over.
 */
export async function alone<T>(path: string, act: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const lock = `${path}.lock`;
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      closeSync(openSync(lock, 'wx', 0o600));
      break;
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error;
      if (isStale(lock)) rmSync(lock, { force: true });
      else if (Date.now() > end)
        throw new Failure(
          words(
            `${lock} is held: remove it if no other campus runs`,
            `${lock} est tenu : supprimez-le si aucun autre campus ne tourne`,
          ),
        );
      else await pause(40);
    }
  }
  try {
    return await act();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isStale(lock: string): boolean {
  try {
    return Date.now() - statSync(lock).mtimeMs > STALE_MS;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

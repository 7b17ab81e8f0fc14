import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { messageOf, StartFailure } from '../project/failure.ts';
import { projectRoot } from '../project/root.ts';

/** The folder that CAMPUS_DATA names, `.campus` else, made if need be. @throws StartFailure when it is not writable */
export function dataFolder(env: NodeJS.ProcessEnv): string {
  const folder = resolve(projectRoot, env.CAMPUS_DATA || '.campus');
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartFailure(
      `the data folder ${folder} is not writable (${messageOf(error)}); CAMPUS_DATA chooses another.`,
    );
  }
  return folder;
}

/** Step by step: where nothing can be made, as under /proc, a recursive `mkdirSync` never returns. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** What a file system puts into an empty folder by itself. */
const NOBODYS = new Set(['lost+found', '.DS_Store']);

/**
 * Lets nobody but this user into the data folder: neither into what a Campus before this one left there, nor into what
 * this process and its children will write. @throws StartFailure when the folder is somebody else's
 */
export function keepPrivate(folder: string): void {
  process.umask(0o077);
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  if (!existsSync(join(folder, 'lock')) && found.some(({ name }) => !NOBODYS.has(name))) {
    throw new StartFailure(`the folder ${folder} holds other things than data of Campus; CAMPUS_DATA chooses another.`);
  }
  try {
    chmodSync(folder, 0o700);
    for (const entry of found) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isDirectory()) chmodSync(path, 0o700);
      else if (entry.isFile()) chmodSync(path, 0o600);
    }
  } catch (error) {
    throw new StartFailure(
      `the data folder ${folder} cannot be kept from others (${messageOf(error)}); CAMPUS_DATA chooses another.`,
    );
  }
}

/** Somebody else holds the lock. */
const SQLITE_BUSY = 5;

/**
 * Holds the data folder for this process until it ends. A database lock rather than a file with a pid: the system
 * drops it however the process ends, and two that start at once cannot both have it.
 */
export function lockFolder(folder: string): Disposable {
  const lock = new DatabaseSync(join(folder, 'lock'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { readonly errcode?: number }).errcode !== SQLITE_BUSY) throw error;
    throw new StartFailure(`another Campus already runs on ${folder}; CAMPUS_DATA chooses another folder.`);
  }
  return { [Symbol.dispose]: () => lock.close() };
}

/** Where the embedded engines of a running Campus answer; their ports change with every start. */
export interface Endpoints {
  readonly dynamoDb: string;
  readonly sqs: string;
}

const endpointsIn = (folder: string): string => join(folder, 'endpoints.json');

/** Writes the endpoints down for the tools. @returns what takes them back at the end */
export function recordEndpoints(folder: string, endpoints: Endpoints): () => void {
  writeFileSync(endpointsIn(folder), JSON.stringify(endpoints));
  return () => rmSync(endpointsIn(folder), { force: true });
}

/** The endpoints of the Campus that runs on this data folder. @throws when none runs */
export function readEndpoints(folder: string): Endpoints {
  if (!existsSync(endpointsIn(folder))) throw new Error(`no Campus runs on the data folder ${folder}`);
  return JSON.parse(readFileSync(endpointsIn(folder), 'utf8')) as Endpoints;
}

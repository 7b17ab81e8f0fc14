import { accessSync, constants, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf, StartFailure } from './failure.ts';

/** The folder that holds package.json. */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

export interface Settings {
  readonly port: number;
  readonly dataFolder: string;
}

/** Reads PORT and CAMPUS_DATA, and makes the data folder. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  return { port: readPort(env.PORT ?? '3000'), dataFolder: prepareFolder(env.CAMPUS_DATA || '.campus') };
}

function readPort(value: string): number {
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port < 1 || port > 65_535) {
    throw new StartFailure(`PORT must be a number from 1 to 65535, not "${value}".`);
  }
  return port;
}

function prepareFolder(path: string): string {
  const folder = resolve(projectRoot, path);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartFailure(
      `the data folder ${folder} is not writable (${messageOf(error)}); CAMPUS_DATA chooses another.`,
    );
  }
  return folder;
}

import { join } from 'node:path';
import { alone, mustBePrivate, readJson, writeJson } from './files.ts';
import { configFolder } from './folder.ts';
import type { School } from './profiles.ts';

/** A session at a school, as this machine keeps it. */
export interface Credentials {
  readonly username: string;
  readonly role: string;
  readonly access_token: string;
  readonly refresh_token: string;
  /** When the access token ends, in ms. */
  readonly expires_at: number;
}

type Kept = Readonly<Record<string, Credentials>>;

/** A token goes to the address that gave it, and to no other. */
const keyOf = ({ profile, url }: School): string => `${profile} ${url}`;

const fileOf = (env: NodeJS.ProcessEnv): string => join(configFolder(env), 'credentials.json');

/** What is kept for a school. @throws Failure when others may read the file */
export function readCredentials(env: NodeJS.ProcessEnv, school: School): Credentials | undefined {
  mustBePrivate(fileOf(env));
  return readJson<Kept>(fileOf(env))?.[keyOf(school)];
}

/** Keeps what is given for a school, or forgets it; nobody else writes meanwhile. */
function put(env: NodeJS.ProcessEnv, school: School, credentials: Credentials | undefined): void {
  const { [keyOf(school)]: _, ...others } = readJson<Kept>(fileOf(env)) ?? {};
  writeJson(fileOf(env), credentials ? { ...others, [keyOf(school)]: credentials } : others);
}

/** Changes what is kept for a school, while no other process does. @returns what is kept then */
export function changeCredentials(
  env: NodeJS.ProcessEnv,
  school: School,
  change: (kept: Credentials | undefined) => Promise<Credentials | undefined>,
): Promise<Credentials | undefined> {
  return alone(fileOf(env), async () => {
    const kept = readCredentials(env, school);
    const changed = await change(kept);
    if (changed !== kept) put(env, school, changed);
    return changed;
  });
}

export const credentialsFile = fileOf;

import { join } from 'node:path';
import { alone, mustBePrivate, readJson, writeJson } from './files.ts';
import { configFolder } from './folder.ts';
import { keychainOf } from './keychain.ts';
import type { School } from './profiles.ts';

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

/** A session at a school, as this machine keeps it. */
export interface Credentials extends Tokens {
  readonly username: string;
  readonly role: string;
  /** When the access token ends, in ms. */
  readonly expires_at: number;
}

/** A session whose tokens are in the system's keychain. */
type Elsewhere = Omit<Credentials, keyof Tokens> & { readonly in_keychain: true };

type Kept = Readonly<Record<string, Credentials | Elsewhere>>;

/** A token goes to the address that gave it, and to no other. */
const keyOf = ({ profile, url }: School): string => `${profile} ${url}`;

const fileOf = (env: NodeJS.ProcessEnv): string => join(configFolder(env), 'credentials.json');

const encoded = ({ access_token, refresh_token }: Credentials): string =>
  Buffer.from(JSON.stringify({ access_token, refresh_token })).toString('base64url');

const decoded = (secret: string): Tokens => JSON.parse(Buffer.from(secret, 'base64url').toString()) as Tokens;

/** What is kept for a school. @throws Failure when others may read the file */
export function readCredentials(env: NodeJS.ProcessEnv, school: School): Credentials | undefined {
  mustBePrivate(fileOf(env));
  const kept = readJson<Kept>(fileOf(env))?.[keyOf(school)];
  if (!kept || !('in_keychain' in kept)) return kept;
  const secret = keychainOf(env)?.read(keyOf(school));
  const { in_keychain: _, ...known } = kept;
  return secret === undefined ? undefined : { ...known, ...decoded(secret) };
}

/** What of a session stands in the file: all of it, where no keychain takes the tokens. */
function entryFor(env: NodeJS.ProcessEnv, school: School, credentials: Credentials): Credentials | Elsewhere {
  if (!keychainOf(env)?.write(keyOf(school), encoded(credentials))) return credentials;
  const { access_token: _, refresh_token: __, ...known } = credentials;
  return { ...known, in_keychain: true };
}

/**
 * Keeps what is given for a school, or forgets it; nobody else writes meanwhile. The keychain comes first: who reads in
 * between finds new tokens under an old time, and looks again.
 */
function put(env: NodeJS.ProcessEnv, school: School, credentials: Credentials | undefined): void {
  const { [keyOf(school)]: before, ...others } = readJson<Kept>(fileOf(env)) ?? {};
  const entry = credentials && entryFor(env, school, credentials);
  if (before && 'in_keychain' in before && !(entry && 'in_keychain' in entry)) keychainOf(env)?.forget(keyOf(school));
  writeJson(fileOf(env), entry ? { ...others, [keyOf(school)]: entry } : others);
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

/** The file in which the tokens for a school stand; undefined where they are in the keychain. */
export function tokensFile(env: NodeJS.ProcessEnv, school: School): string | undefined {
  const kept = readJson<Kept>(fileOf(env))?.[keyOf(school)];
  return kept && 'in_keychain' in kept ? undefined : fileOf(env);
}

import { join } from 'node:path';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { readJson, writeJson } from './files.ts';
import { configFolder } from './folder.ts';

/** Schools that somebody works for, by a name of their own. */
export interface Profiles {
  readonly current: string;
  readonly profiles: Readonly<Record<string, { readonly url: string }>>;
}

/** The school that a command is for. */
export interface School {
  readonly profile: string;
  /** Its API, without a slash at the end. */
  readonly url: string;
}

const HOME = 'http://localhost:3000';
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u;

const fileOf = (env: NodeJS.ProcessEnv): string => join(configFolder(env), 'profiles.json');

export const readProfiles = (env: NodeJS.ProcessEnv): Profiles =>
  readJson<Profiles>(fileOf(env)) ?? { current: 'default', profiles: {} };

/** Keeps a school under a name. @throws Misuse for a name that is none */
export function keepProfiles(env: NodeJS.ProcessEnv, profiles: Profiles): void {
  writeJson(fileOf(env), profiles);
}

/** @throws Misuse when it is no name for a profile */
export function profileName(name: string): string {
  if (!NAME.test(name))
    throw new Misuse(words(`not a name for a profile: ${name}`, `ce n'est pas un nom de profil : ${name}`));
  return name;
}

/** An address as it is compared and called. @throws Misuse when it is none */
export function addressOf(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw new Misuse(
      words(
        `not an address: ${given} (like https://school.example)`,
        `ce n'est pas une adresse : ${given} (comme https://ecole.example)`,
      ),
    );
  return (url.origin + url.pathname).replace(/\/+$/, '');
}

/** Whether what is sent there could be read on the way: http to another machine. */
export const isOpen = (url: string): boolean =>
  url.startsWith('http:') && !/^http:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::|\/|$)/.test(url);

/** The school that is meant: `--profile`, else `CAMPUS_PROFILE`, else the current one; `CAMPUS_URL` names another address. */
export function schoolOf(env: NodeJS.ProcessEnv, asked?: string): School {
  const { current, profiles } = readProfiles(env);
  const profile = profileName(asked || env.CAMPUS_PROFILE || current);
  const known = profiles[profile];
  if (!known && !env.CAMPUS_URL && profile !== 'default')
    throw new Misuse(
      words(`there is no profile ${profile}`, `il n'y a pas de profil ${profile}`),
      words(`campus profiles add ${profile} https://…`, `campus profiles add ${profile} https://…`),
    );
  return { profile, url: addressOf(env.CAMPUS_URL || known?.url || HOME) };
}

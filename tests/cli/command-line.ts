import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ran, run } from '../../project/processes.ts';
import { projectRoot } from '../../project/root.ts';
import { call, logIn } from '../support/http.ts';

export const BIN = join(projectRoot, 'cli/campus.mjs');

/** What of the machine's environment a command line may see: nothing that changes what it says. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const unset = [
    'LC_ALL',
    'LC_MESSAGES',
    'NO_COLOR',
    'COLUMNS',
    'CAMPUS_PROFILE',
    'FORCE_COLOR',
    'NODE_OPTIONS',
    'DBUS_SESSION_BUS_ADDRESS',
    'BROWSER',
  ];
  return Object.fromEntries(unset.map((name) => [name, undefined]));
}

interface Options {
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Somebody at the command line: with a folder of their own, in English. */
export interface Person {
  readonly folder: string;
  (args: readonly string[], options?: Options): Promise<Ran>;
}

/** Somebody who is not signed in. */
export function somebody(): Person {
  const folder = join(mkdtempSync(join(tmpdir(), 'campus-cli-')), 'campus');
  mkdirSync(folder, { mode: 0o700 });
  const at = (args: readonly string[], { input = '', env }: Options = {}) =>
    run(process.execPath, [BIN, ...args], {
      input,
      env: { ...plainEnvironment(), LANG: 'en_GB.UTF-8', CAMPUS_CONFIG: folder, ...env },
    });
  return Object.assign(at, { folder });
}

/** Somebody who signed in. */
export async function signedIn(username: string, password: string): Promise<Person> {
  const person = somebody();
  const { code, output } = await person(['login', '--username', username, '--password-stdin'], { input: password });
  if (code !== 0) throw new Error(`${username} cannot sign in: ${output}`);
  return person;
}

/** What the command printed, as JSON. @throws Error when it failed */
export async function json<T = Record<string, unknown>>(person: Person, args: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await person([...args, '--json']);
  if (code !== 0) throw new Error(`campus ${args.join(' ')} → ${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/** A class that no other test has, with so many students in it whose marks are open. */
export async function newClass(
  admin: Person,
  names: readonly string[],
): Promise<{ class_name: string; ids: number[] }> {
  const class_name = `C${randomUUID().slice(0, 8)}`;
  const ids: number[] = [];
  for (const name of names) {
    const { id } = await json<{ id: number }>(admin, [
      ...['students', 'add', name, '--class', class_name],
      ...['--email', `${randomUUID()}@example.sn`, '--marks', '10'],
    ]);
    ids.push(id);
  }
  return { class_name, ids };
}

/** A phone number that no other student has. */
export const newPhone = (): string =>
  `77 ${1 + Math.floor(Math.random() * 8)}${String(Math.random()).slice(2, 4)} ${String(Math.random()).slice(2, 4)} ${String(Math.random()).slice(2, 4)}`;

/** An account that no other test has. */
export async function newAccount(): Promise<{ username: string; password: string }> {
  const account = { username: `u-${randomUUID().slice(0, 13)}`, password: 'correct horse battery' };
  const { status } = await call('POST', '/users', { body: account });
  if (status !== 201) throw new Error(`no account: ${status}`);
  return account;
}

export { logIn };

import { spawnSync } from 'node:child_process';

/** Where the system keeps secrets for its user. What it holds is text without line breaks. */
export interface Keychain {
  read(name: string): string | undefined;
  /** @returns whether it is kept */
  write(name: string, secret: string): boolean;
  forget(name: string): void;
}

const SERVICE = 'campus';
/** Somebody may have to unlock it first, by a window of the system's. */
const PATIENCE_MS = 60_000;

type Run = (args: readonly string[], input?: string) => string | undefined;

/** Runs a tool of the system; a secret goes in by its input, never as an argument, which others could read. */
const runner =
  (tool: string, env: NodeJS.ProcessEnv): Run =>
  (args, input = '') => {
    const { status, stdout } = spawnSync(tool, args, {
      env,
      input,
      encoding: 'utf8',
      timeout: PATIENCE_MS,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    return status === 0 ? stdout.trim() : undefined;
  };

/** A word within the quotes that `security -i` knows. */
const quoted = (word: string): string => `"${word.replaceAll(/["\\]/g, '\\$&')}"`;

function ofMacOs(run: Run): Keychain {
  const named = (name: string) => ['-s', SERVICE, '-a', name];
  return {
    read: (name) => run(['find-generic-password', ...named(name), '-w']) || undefined,
    write(name, secret) {
      const line = ['add-generic-password', '-U', ...named(name), '-w', secret].map(quoted).join(' ');
      return run(['-i'], `${line}\n`) !== undefined && this.read(name) === secret;
    },
    forget: (name) => void run(['delete-generic-password', ...named(name)]),
  };
}

function ofSecretService(run: Run): Keychain {
  const named = (name: string) => ['service', SERVICE, 'school', name];
  return {
    read: (name) => run(['lookup', ...named(name)]) || undefined,
    write: (name, secret) => run(['store', `--label=Campus: ${name}`, ...named(name)], secret) !== undefined,
    forget: (name) => void run(['clear', ...named(name)]),
  };
}

/**
 * The keychain of this system: that of macOS, or the Secret Service of a desktop, by the tools that come with them.
 * Undefined where there is none, as on a server, or `CAMPUS_KEYCHAIN=off` says so.
 */
export function keychainOf(env: NodeJS.ProcessEnv): Keychain | undefined {
  if (env.CAMPUS_KEYCHAIN === 'off') return undefined;
  if (process.platform === 'darwin') return ofMacOs(runner('/usr/bin/security', env));
  if (process.platform === 'linux' && env.DBUS_SESSION_BUS_ADDRESS) return ofSecretService(runner('secret-tool', env));
  return undefined;
}

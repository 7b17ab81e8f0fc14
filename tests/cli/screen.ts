import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import { hasEnded } from '../../project/processes.ts';
import { until } from '../../project/until.ts';
import { BIN, type Person } from './command-line.ts';

/** What the shell takes as one word. */
const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** A command line in a real pseudo-terminal: `script` of util-linux opens it, and passes keys and screen on. */
function opened(person: Person, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const line = [process.execPath, BIN, ...args].map(quoted).join(' ');
  const size = `stty cols ${env.COLUMNS ?? 80} rows 40`;
  const child = spawn('script', ['--quiet', '--flush', '--return', '--command', `${size}; ${line}`, '/dev/null'], {
    env: {
      ...process.env,
      NO_COLOR: undefined,
      TERM: 'xterm',
      LANG: 'en_GB.UTF-8',
      LC_ALL: undefined,
      DBUS_SESSION_BUS_ADDRESS: undefined,
      CAMPUS_CONFIG: person.folder,
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdout?.setEncoding('utf8');
  return child;
}

/** All that a command shows on a screen, with its colours. */
export async function onScreen(person: Person, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = opened(person, args, env);
  const shown: string[] = [];
  child.stdout?.on('data', (text: string) => shown.push(text));
  await once(child, 'close');
  return shown.join('');
}

/** Somebody's fingers and eyes. */
export interface Seat {
  /** Waits until the screen has shown this since the last key, and presses keys then. */
  press(seen: string | RegExp, keys: string): Promise<void>;
  /** Waits until it has ended. @returns its exit code */
  ended(): Promise<number | null>;
  /** All that was shown so far, without colours and movements. */
  text(): string;
}

export const KEY = {
  enter: '\r',
  down: '\u001b[B',
  up: '\u001b[A',
  escape: '\u001b',
  save: '\u0013',
  interrupt: '\u0003',
} as const;

/** Sits down at a command that asks. */
export function sit(person: Person, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Seat {
  const child = opened(person, args, env);
  let shown = '';
  let read = 0;
  child.stdout?.on('data', (text: string) => {
    shown += text;
  });
  const closed = once(child, 'close');
  const fresh = () => stripVTControlCharacters(shown.slice(read));
  return {
    async press(seen, keys) {
      const found = () => (typeof seen === 'string' ? fresh().includes(seen) : seen.test(fresh()));
      await until(() => found() || hasEnded(child));
      if (!found()) throw new Error(`it ended, and never showed ${seen}:\n${stripVTControlCharacters(shown)}`);
      read = shown.length;
      child.stdin?.write(keys);
    },
    async ended() {
      await closed;
      return child.exitCode;
    },
    text: () => stripVTControlCharacters(shown),
  };
}

// The board: every measurement, one after the other, each in a process of its own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, Misuse } from '../project/command.ts';
import { NAMES, type Outcome } from './frame.ts';
import { machine } from './machine.ts';
import { tableOf } from './table.ts';

const FILE = join(import.meta.dirname, 'results.json');

interface Results {
  readonly machine: ReturnType<typeof machine>;
  readonly benches: Readonly<Record<string, Outcome>>;
}

const secondsSince = (startedAt: number): string => ((performance.now() - startedAt) / 1000).toFixed(0);

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

/** Measures one in a process of its own, whose output is what the application logs. @throws when it fails */
async function measured(name: string): Promise<Outcome> {
  say(`\n${name}`);
  const startedAt = performance.now();
  const child = fork(join(import.meta.dirname, 'one.ts'), [name], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let outcome: Outcome | undefined;
  const errors: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  child.once('message', (message) => {
    outcome = message as Outcome;
  });
  await once(child, 'close');
  if (!outcome) {
    say(errors.join('').slice(-2_000));
    throw new Error(`${name} ended with ${child.exitCode ?? child.signalCode}`);
  }
  say(tableOf(outcome));
  say(`  ${secondsSince(startedAt)} s`);
  return outcome;
}

/** What is in the file, if it is of this machine: figures of two machines do not stand side by side. */
function kept(): Results['benches'] {
  if (!existsSync(FILE)) return {};
  const before = JSON.parse(readFileSync(FILE, 'utf8')) as Results;
  return JSON.stringify(before.machine) === JSON.stringify(machine()) ? before.benches : {};
}

function keep(benches: Results['benches']): void {
  const inOrder = Object.fromEntries(NAMES.filter((name) => benches[name]).map((name) => [name, benches[name]]));
  writeFileSync(FILE, `${JSON.stringify({ machine: machine(), benches: inOrder }, null, 2)}\n`);
}

await command({
  usage: 'npm run bench -- [<name> …] [--keep]',
  about: `
npm run bench                     measures all, prints it and writes bench/results.json; npm run docs makes
                                  docs/performance.md of it
npm run bench -- cold warm        measures some and prints them

There are: ${NAMES.join(', ')}`,
  options: {
    keep: { type: 'boolean', help: 'put what was measured into the results, in place of the old' },
  },
  failure: 'Not measured',
  words: [0, NAMES.length],
  async run(given, names) {
    const unknown = names.find((name) => !NAMES.includes(name));
    if (unknown) throw new Misuse(`there is no measurement ${unknown}`);
    const startedAt = performance.now();
    const benches: Record<string, Outcome> = names.length === 0 ? {} : { ...kept() };
    for (const name of names.length === 0 ? NAMES : names) benches[name] = await measured(name);
    if (names.length === 0 || given.keep) keep(benches);
    say(`\nall: ${secondsSince(startedAt)} s`);
  },
});

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { command, Misuse } from '../../project/command.ts';
import { projectRoot } from '../../project/root.ts';
import { startEngines, stopEngines } from '../support/engines.ts';
import { type Covering, coverage, neighboursAmong, testsFor } from './coverage.ts';
import { letGo, runFile } from './hand.ts';
import { BUILD } from './places.mjs';
import { isAskedFor, MUTATED, type Mutant, plantMutants } from './population.ts';
import { draw, interval, roomOf } from './sample.ts';

const EXAMPLES = `
  npm run mutate -- --sample 400 --seed 7                  400 of all mutants, drawn by lot
  npm run mutate -- --mutate platform/http/paging.ts       all of one file; or of some, by comma, by glob, by folder
  npm run mutate -- --mutate platform/http/body.ts:60-95   all on some lines of one
  npm run mutate -- --again                                those that survived the last time
  npm run mutate -- --sample 400 --seed 7 --on             goes on with a sample that was broken off
`;

/** What became of a mutant: noticed by a test, or not; or no test comes by it. */
interface Outcome extends Mutant {
  readonly state: 'noticed' | 'hung' | 'survived' | 'never reached';
  readonly by: string;
}

/** Suites that are this quick (ms) wait for nothing. */
const SURELY_MS = 300;

const RESULT = join(projectRoot, BUILD, 'outcomes.json');

const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const isNoticed = ({ state }: Outcome): boolean => state === 'noticed' || state === 'hung';
const nameOf = ({ file, from, column, original, replacement }: Mutant): string =>
  JSON.stringify([file, from, column, original, replacement]);

async function tryOut(mutant: Mutant, tests: readonly Covering[]): Promise<Outcome> {
  if (tests.length === 0) return { ...mutant, state: 'never reached', by: '' };
  for (const { file, ms } of tests) {
    // Only an endless loop may fail for time: a busy machine is no test.
    const limit = 120_000 + 5 * ms;
    const { noticed, by, ms: took } = await runFile(file, limit, mutant.id);
    // What waits for a database may also fail for the machine's sake: it says so twice, or has said nothing.
    const certain = noticed && (ms < SURELY_MS || (await runFile(file, limit, mutant.id)).noticed);
    if (certain) return { ...mutant, state: took === undefined ? 'hung' : 'noticed', by: `${file}: ${by}` };
  }
  return { ...mutant, state: 'survived', by: tests.map(({ file }) => file).join(' ') };
}

function tell({ state, file, from, kind, original, replacement, by }: Outcome): void {
  const mark = (text: string, sign: string) => text.split('\n').map((line) => `    ${sign} ${line}`);
  say(`\n${state}: ${file}:${from} ${kind}`);
  say([...mark(original, '-'), ...mark(replacement, '+')].slice(0, 24).join('\n'));
  if (state === 'survived') say(`    asked: ${by}`);
}

function row(name: string, of: readonly Mutant[], outcomes: readonly Outcome[]): string {
  const noticed = outcomes.filter(isNoticed).length;
  const [low, high] = interval(noticed, outcomes.length);
  const share = percent(noticed / outcomes.length);
  return `| ${name} | ${of.length} | ${outcomes.length} | ${noticed} | ${share} | ${percent(low)} – ${percent(high)} |`;
}

function report(all: readonly Mutant[], outcomes: readonly Outcome[]): void {
  say('\n| folder | mutants | tried | noticed | share | 95 % interval |\n| --- | --- | --- | --- | --- | --- |');
  for (const room of new Set(all.map(roomOf))) {
    const tried = outcomes.filter((one) => roomOf(one) === room);
    if (tried.length > 0)
      say(
        row(
          `\`${room}\``,
          all.filter((one) => roomOf(one) === room),
          tried,
        ),
      );
  }
  say(row('all', all, outcomes));
  const hung = outcomes.filter(({ state }) => state === 'hung');
  if (hung.length > 0)
    say(`\nOut of time, and counted as noticed: ${hung.map(({ file, from }) => `${file}:${from}`).join(', ')}`);
}

function keep(outcomes: readonly Outcome[]): void {
  mkdirSync(dirname(RESULT), { recursive: true });
  writeFileSync(RESULT, JSON.stringify(outcomes, null, 1));
}

function readOutcomes(): Outcome[] {
  try {
    return JSON.parse(readFileSync(RESULT, 'utf8')) as Outcome[];
  } catch {
    throw new Error('there is no last time');
  }
}

/** What is asked for. */
interface Asked {
  readonly mutate: string | undefined;
  /** How many; all, unless said. */
  readonly sample: number | undefined;
  readonly seed: number;
  /** For all tests that are asked about one mutant together, in milliseconds. */
  readonly budget: number;
  readonly again: boolean;
  readonly on: boolean;
}

interface Plan {
  /** What the mutants to try stand for. */
  readonly population: readonly Mutant[];
  readonly chosen: readonly Mutant[];
  /** What is known already, of these and of others. */
  readonly known: readonly Outcome[];
}

/**
 * What to try: by lot; or what survived the last time, or was left over, which then stands with the rest of that time.
 */
function plan(planted: readonly Mutant[], options: Asked): Plan {
  const patterns = options.mutate?.split(',') ?? MUTATED;
  const population = planted.filter((mutant) => isAskedFor(mutant, patterns));
  const drawn = draw(population, options.sample ?? population.length, options.seed);
  if (!options.again && !options.on) return { population, chosen: drawn, known: [] };
  const last = new Map(readOutcomes().map((outcome) => [nameOf(outcome), outcome]));
  const known = (options.on ? drawn : population).flatMap((mutant) => {
    const outcome = last.get(nameOf(mutant));
    return outcome ? { ...outcome, ...mutant } : [];
  });
  const left = drawn.filter((mutant) => !last.has(nameOf(mutant)));
  return { population, chosen: options.on ? left : known.filter((outcome) => !isNoticed(outcome)), known };
}

let brokenOff = false;

async function mutate(options: Asked): Promise<void> {
  await startEngines();
  const planted = await plantMutants();
  const { population, chosen, known } = plan(planted, options);
  const among = neighboursAmong(planted);
  say(`${chosen.length} of ${population.length} mutants, seed ${options.seed}`);
  const tests = await coverage(planted, new Set(chosen.map(({ file }) => file)), (line) =>
    process.stderr.write(`${line}\n`),
  );
  const outcomes = new Map(known.map((outcome) => [outcome.id, outcome]));
  for (const [at, mutant] of chosen.entries()) {
    const outcome = await tryOut(mutant, testsFor(mutant, tests, among, options.budget));
    if (brokenOff) break;
    outcomes.set(mutant.id, outcome);
    if (!isNoticed(outcome)) tell(outcome);
    keep([...outcomes.values()]);
    process.stderr.write(`${at + 1}/${chosen.length}\n`);
  }
  report(population, [...outcomes.values()]);
}

/** A number above 0. @throws Misuse */
function number(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Misuse(`${text} is no number above 0`);
  return Number(text);
}

// Whoever breaks off sees what has been found so far.
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    brokenOff = true;
    letGo();
  });

await command({
  usage: 'npm run mutate -- [options]',
  about: `Breaks the code on purpose, one small change at a time, and says which changes no test notices.\n${EXAMPLES}`,
  options: {
    mutate: { type: 'string', value: 'FILES', help: 'what is broken: files, lines of one, globs, folders, by comma' },
    sample: { type: 'string', value: 'NUMBER', help: 'how many mutants are drawn by lot; all, unless said' },
    seed: { type: 'string', value: 'NUMBER', default: '1', help: 'of the lot' },
    seconds: { type: 'string', value: 'NUMBER', default: '20', help: 'for all tests asked about one mutant together' },
    again: { type: 'boolean', help: 'only those that survived the last time' },
    on: { type: 'boolean', help: 'goes on with what was broken off' },
  },
  failure: 'Not mutated',
  words: [0, 0],
  async run({ mutate: files, sample, seed, seconds, again = false, on = false }) {
    const budget = 1000 * number(seconds);
    try {
      await mutate({
        mutate: files,
        sample: sample === undefined ? undefined : number(sample),
        seed: number(seed),
        budget,
        again,
        on,
      });
    } catch (error) {
      if (!brokenOff) throw error;
    } finally {
      letGo();
      await stopEngines();
    }
  },
});
if (brokenOff) process.exitCode = 130;
process.exit();

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { projectRoot, textOf } from '../../project/root.ts';
import { sourceFiles } from '../support/project.ts';
import { runFile } from './hand.ts';
import { BUILD } from './places.mjs';
import type { Mutant } from './population.ts';

/** A test file, how long it takes, and which mutants it comes by. */
export interface Covering {
  readonly file: string;
  readonly ms: number;
  readonly reached: ReadonlySet<string>;
  readonly loaded: ReadonlySet<string>;
}

/** Suites that read the tree or start processes: such a one says nothing of a mutant, or takes minutes to. */
const ASIDE = /^tests\/unit\/(?:client-types|db|dead-letters|mutation|redrive|structure)\.|\/survival\.test\./;

/** What holds whatever the code only declares (schemas, texts of problems) to what is published of it. */
const PUBLISHED = /^tests\/unit\/(?:docs|openapi|problem-texts)\./;

/** The handler tests. */
const testFiles = (): string[] =>
  sourceFiles('functions', 'platform', 'tests/unit').filter((path) => path.endsWith('.test.ts') && !ASIDE.test(path));

/** A file and all of the project that it imports. */
function closure(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file) || !existsSync(join(projectRoot, file))) return found;
  found.add(file);
  for (const [, path = ''] of textOf(file).matchAll(/(?:from|import\()\s*'(\.[^']+)'/g))
    closure(join(dirname(file), path), found);
  return found;
}

/** Mutants and a test file in one figure: what was measured of the file holds while neither has changed. */
function fingerprint(file: string, mutants: readonly Mutant[]): string {
  const hash = createHash('sha256').update(mutants.map((one) => `${one.file}:${one.from}:${one.column}`).join());
  for (const path of [...closure(file)].sort()) hash.update(path).update(textOf(path));
  return hash.digest('hex').slice(0, 32);
}

interface Kept {
  readonly ms: number;
  readonly reached: readonly string[];
  readonly loaded: readonly string[];
}

async function measure(file: string, mutants: readonly Mutant[]): Promise<Kept> {
  const path = join(projectRoot, BUILD, 'coverage', `${fingerprint(file, mutants)}.json`);
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Kept;
  const { noticed, by, ms = 0, reached, loaded } = await runFile(file, 600_000);
  if (noticed) throw new Error(`${file} fails without a mutant: ${by}`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify({ ms, reached, loaded }));
  return { ms, reached, loaded };
}

/** Whether a test can come by a file; those of all contexts find what they load by its name. */
const mayReach = (test: string, files: ReadonlySet<string>): boolean =>
  test.startsWith('tests/unit/') || [...closure(test)].some((file) => files.has(file));

/**
 * Runs the handler tests that may come by some files once on the code as it is, and notes which mutants they come by.
 * @param mutants all that are planted
 * @param say told of each test file
 * @throws where a test fails already
 */
export async function coverage(
  mutants: readonly Mutant[],
  files: ReadonlySet<string>,
  say: (line: string) => void,
): Promise<Covering[]> {
  const covering: Covering[] = [];
  for (const file of testFiles().filter((one) => mayReach(one, files))) {
    const { ms, reached, loaded } = await measure(file, mutants);
    say(`${file}: ${reached.length} mutants in ${(ms / 1000).toFixed(1)} s`);
    covering.push({ file, ms, reached: new Set(reached), loaded: new Set(loaded) });
  }
  return covering;
}

/** How many folders lie between two files. */
function distance(one: string, other: string): number {
  const steps = relative(dirname(one), dirname(other)).split('/');
  return steps.filter((step) => step !== '').length;
}

/** The ids of a file's mutants by their place: what runs when a function is called tells who calls it. */
export type Neighbours = (mutant: Mutant, within: 'lines' | 'file') => readonly string[];

/** Looks among these. */
export const neighboursAmong =
  (mutants: readonly Mutant[]): Neighbours =>
  ({ file, from, to }, within) =>
    mutants
      .filter((one) => one.file === file && (within === 'file' || (one.from >= from && one.to <= to)))
      .map(({ id }) => id);

/**
 * The test files that are asked about a mutant: those that run its lines, then those that hold what is published to
 * what is declared, then those that run something else of its file or only load it; among equals the quick and the near
 * first (twice as far is twice as slow), and of all these as many as a time allows. What only a far and slow test would
 * notice counts as not noticed.
 * @param budget milliseconds; three are asked in any case
 */
export function testsFor(mutant: Mutant, all: readonly Covering[], among: Neighbours, budget: number): Covering[] {
  const inLines = among(mutant, 'lines');
  const inFile = among(mutant, 'file');
  const ranked = all
    .filter(({ reached, loaded }) => reached.has(mutant.id) || loaded.has(mutant.id))
    .map((one) => {
      const runs = (ids: readonly string[]) => ids.some((id) => one.reached.has(id));
      const others = runs(inFile) ? 2 : 3;
      const closeness = runs(inLines) ? 0 : PUBLISHED.test(one.file) ? 1 : others;
      return { one, closeness, price: one.ms * 2 ** distance(mutant.file, one.file) };
    })
    .sort((a, b) => a.closeness - b.closeness || a.price - b.price);
  let spent = 0;
  return ranked
    .map(({ one }) => one)
    .filter(({ ms }, at) => {
      spent += ms;
      return at < 3 || spent <= budget;
    });
}

/**
 * What the command line costs before it does anything: from starting Node to the end of `campus --help`, against Node doing
 * nothing (`node -e 0`). Goal: less than 2.
 *
 * Run it with `npm run bench:cli`, after `npm ci` or `npm run cli:build`. The least of many runs, in turns: whatever else
 * the machine does only adds.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../project/root.ts';
import { report } from './support.ts';

const RUNS = 25;

/** Milliseconds from starting Node to its end. */
function lifeOf(args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(String(stderr));
  return performance.now() - started;
}

const help = [join(projectRoot, 'cli/campus.mjs'), '--help'];
const nothing = ['-e', '0'];
for (const args of [help, nothing]) lifeOf(args);
const runs = Array.from({ length: RUNS }, () => ({ help: lifeOf(help), nothing: lifeOf(nothing) }));
const least = (of: (run: (typeof runs)[number]) => number): number => Math.min(...runs.map(of));
report({
  'node -e 0, ms': least((run) => run.nothing),
  'campus --help, ms': least((run) => run.help),
  'ratio (goal < 2)': least((run) => run.help) / least((run) => run.nothing),
});

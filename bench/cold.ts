/**
 * What a cold start costs: from starting Node to the answer of `GET /get_grades/{student_id}`, with the bundle that is
 * deployed, against Node doing nothing (`node -e 0`). Goal: at most 2.0, and 200 KB.
 *
 * Run it with `npm run bench:cold`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../deploy/packaging/bundle.ts';
import { projectRoot } from '../project/root.ts';
import { createContext } from '../tests/support/tables.ts';
import { GET_GRADES, median, report, seedMarks, withEngines } from './support.ts';

const RUNS = 21;

const runner = (event: object): string => `
  import { handler } from './index.mjs';
  const { statusCode, body } = await handler(${JSON.stringify(event)});
  if (statusCode !== 200) throw new Error(body);
  process.exit(0);
`;

/** Milliseconds from starting Node to its end. */
function lifeOf(args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(String(stderr));
  return performance.now() - started;
}

const folder = mkdtempSync(join(tmpdir(), 'campus-cold-'));
try {
  await withEngines(async () => {
    await createContext('grades');
    await seedMarks();
    const { code } = await bundle(projectRoot, 'functions/grades/marks');
    writeFileSync(join(folder, 'index.mjs'), code);
    writeFileSync(join(folder, 'run.mjs'), runner(GET_GRADES));
    const ours = [join(folder, 'run.mjs')];
    const nothing = ['-e', '0'];
    for (const args of [ours, nothing]) lifeOf(args);
    const runs = Array.from({ length: RUNS }, () => ({ ours: lifeOf(ours), nothing: lifeOf(nothing) }));
    report({
      'bundle, KB (goal ≤ 200)': code.length / 1024,
      'node -e 0, ms': median(runs.map((run) => run.nothing)),
      'cold start to answer, ms': median(runs.map((run) => run.ours)),
      'ratio (goal ≤ 2.0)': median(runs.map((run) => run.ours / run.nothing)),
    });
  });
} finally {
  rmSync(folder, { recursive: true });
}

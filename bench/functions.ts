import { moduleOf } from '../deploy/packaging/bundle.ts';
import { loadContextResources } from '../localstack/resources/create.ts';
import { readContexts } from '../project/contexts.ts';
import type { Bench, Detail, Round } from './frame.ts';
import { lives, NOTHING, node, type Program } from './lives.ts';
import { engines, LOADS } from './support.ts';
import { Unpacked } from './unpacked.ts';

const RUNS = 5;

const LAMBDAS = readContexts().flatMap(({ lambdas }) => lambdas);

/** A figure of each function in proportion to Node doing nothing, by its name. */
const ratios = (round: Round, kind: 'ms' | 'cpu') =>
  LAMBDAS.map(({ name }) => {
    const [loaded = Number.NaN, nothing = Number.NaN] = [round[`${name} ${kind}`], round[`nothing ${kind}`]];
    return { name, loaded, ratio: loaded / nothing };
  });

const largest =
  (kind: 'ms' | 'cpu') =>
  (round: Round): number =>
    Math.max(...ratios(round, kind).map(({ ratio }) => ratio));

/** All functions, the slowest first. */
function detail(round: Round): Detail {
  const times = new Map(ratios(round, 'ms').map((one) => [one.name, one]));
  const rows = ratios(round, 'cpu').toSorted((a, b) => b.ratio - a.ratio);
  return {
    head: ['function', 'ms', '÷ `node -e 0`', 'ms of CPU', '÷ `node -e 0`'],
    rows: rows.map(({ name, loaded, ratio }) => {
      const { loaded: ms = Number.NaN, ratio: overNothing = Number.NaN } = times.get(name) ?? {};
      return [name, ms.toFixed(0), overNothing.toFixed(2), loaded.toFixed(0), ratio.toFixed(2)];
    }),
  };
}

async function programsOf(lambdas: Unpacked): Promise<Record<string, Program>> {
  const programs: [string, Program][] = [['nothing', NOTHING]];
  for (const lambda of LAMBDAS) {
    const folder = await lambdas.lambda(moduleOf(lambda.handler));
    programs.push([lambda.name, node(lambdas.program(folder, 'load.mjs', LOADS))]);
  }
  return Object.fromEntries(programs);
}

export const bench: Bench = {
  about: `How long each function takes until it is loaded, from starting Node, with the bundle that is deployed, against Node doing nothing (\`node -e 0\`). Each is started ${RUNS} times, in turns: the least of its times and the mean of its CPU time.`,
  rounds: 1,
  rows: [
    {
      what: 'the function that takes longest ÷ `node -e 0`',
      ...{ unit: '×', better: 'lower', goal: 2.5 },
      of: largest('ms'),
    },
    { what: 'the same in CPU time', ...{ unit: '×', better: 'lower', goal: 2.5 }, of: largest('cpu') },
    {
      what: 'functions that take 2.5 times as long at most',
      ...{ unit: '%', better: 'higher', goal: 100 },
      of: (round) => (100 * ratios(round, 'ms').filter(({ ratio }) => ratio <= 2.5).length) / LAMBDAS.length,
    },
  ],
  detail,
  async *measure() {
    await using _ = await engines();
    const files = readContexts().map(({ file }) => file);
    Object.assign(process.env, loadContextResources(files, 'campus-bench').environment);
    using lambdas = new Unpacked();
    const programs = await programsOf(lambdas);
    lives(programs, 1);
    yield lives(programs, RUNS);
  },
};

import { bundles, moduleOf } from '../deploy/packaging/bundle.ts';
import { readContexts } from '../project/contexts.ts';
import { projectRoot } from '../project/root.ts';
import type { Bench, Round } from './frame.ts';
import { figure } from './lives.ts';

/** The most that a function loads, those apart that answer in pages, which they hold. */
const heaviest = (round: Round): number => Math.max(...Object.values({ ...round, portal: 0, docs: 0, problems: 0 }));

export const bench: Bench = {
  about: 'What each function loads at its start: its one minified module, without what it loads on demand.',
  rounds: 1,
  rows: [
    { what: 'the largest function that answers in JSON', unit: 'KB', better: 'lower', goal: 250, of: heaviest },
    { what: 'the portal', unit: 'KB', better: 'lower', goal: 350, of: figure('portal') },
    { what: 'the students', unit: 'KB', better: 'lower', goal: 250, of: figure('students') },
    { what: 'the marks', unit: 'KB', better: 'lower', goal: 250, of: figure('marks') },
    { what: 'the authorizer', unit: 'KB', better: 'lower', goal: 150, of: figure('authorizer') },
  ],
  async *measure() {
    const lambdas = readContexts().flatMap((context) => context.lambdas);
    const built = await bundles(
      projectRoot,
      lambdas.map(({ handler }) => moduleOf(handler)),
    );
    const weights = lambdas.map(({ name, handler }) => [name, (built.get(moduleOf(handler))?.code.length ?? 0) / 1024]);
    yield Object.fromEntries(weights);
  },
};

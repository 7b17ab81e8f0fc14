import { runCLI } from 'jest';
import { seen } from './environment.mjs';
import { AWAKE } from './places.mjs';

// What a suite writes into the environment by way of `node:process`, jest does not take back.
const environment = { ...process.env };

const CONFIG = 'tests/mutation/jest.config.mjs';

/** Runs one test file, with one mutant awake or with none. */
async function run({ file, mutant }) {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment, mutant !== undefined && { [AWAKE]: mutant });
  const argv = { config: CONFIG, _: [file], runTestsByPath: true, runInBand: true, reporters: [], watchman: false };
  const { results } = await runCLI({ ...argv, $0: 'mutate' }, [process.cwd()]);
  const [suite] = results.testResults;
  const failed = suite?.testResults.find(({ status }) => status === 'failed')?.fullName;
  return {
    noticed: !results.success,
    by: failed ?? suite?.failureMessage?.slice(0, 2_000) ?? '',
    ms: suite?.perfStats.runtime ?? 0,
    reached: [...seen.reached],
    loaded: [...seen.loaded],
    memory: process.memoryUsage().rss,
  };
}

process.on('message', async (order) => process.send(await run(order)));
// Whoever gave the orders is gone.
process.on('disconnect', () => process.exit());

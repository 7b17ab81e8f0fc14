import jestConfig from '../../jest.config.mjs';

const { projects, ...common } = jestConfig;
// The engines are started once for all mutants: mutate.ts.
const { globalSetup, globalTeardown, displayName, ...unit } = projects.find((one) => one.displayName === 'unit');

/** The handler tests, over code that holds all mutants, of which an environment variable wakes one. */
export default {
  ...common,
  ...unit,
  rootDir: '../..',
  transform: { '\\.tsx?$': '<rootDir>/tests/mutation/transform.mjs' },
  testEnvironment: '<rootDir>/tests/mutation/environment.mjs',
  // A wait for what a mutant prevents.
  testTimeout: 60_000,
};

const common = {
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '\\.tsx?$': '<rootDir>/tests/support/transform.mjs' },
  testEnvironment: 'node',
};

/** @type {import('jest').Config} */
export default {
  // Only a hang may fail for time: every wait is for a condition, and a busy machine is no defect.
  testTimeout: 90_000,
  projects: [
    {
      ...common,
      displayName: 'unit',
      // The support too, which has no tests: only within its roots does jest know what imports what (.ci/run asks it).
      roots: ['functions', 'platform', 'localstack', 'tools', 'cli', 'tests/unit', 'tests/support'],
      testMatch: ['**/*.test.ts', '**/*.test.tsx'],
      testPathIgnorePatterns: ['/node_modules/', '\\.process\\.test\\.ts$'],
      globalSetup: '<rootDir>/tests/support/start-engines.mjs',
      globalTeardown: '<rootDir>/tests/support/stop-engines.mjs',
    },
    {
      ...common,
      displayName: 'processes',
      roots: ['localstack', 'tools'],
      testMatch: ['**/*.process.test.ts'],
      globalSetup: '<rootDir>/tests/support/start-engines.mjs',
      globalTeardown: '<rootDir>/tests/support/stop-engines.mjs',
    },
    {
      ...common,
      displayName: 'http',
      roots: ['tests/http'],
      testMatch: ['**/*.test.ts'],
      globalSetup: '<rootDir>/tests/support/start-campus.mjs',
      globalTeardown: '<rootDir>/tests/support/stop-campus.mjs',
    },
    {
      ...common,
      displayName: 'cli',
      roots: ['tests/cli'],
      testMatch: ['**/*.test.ts'],
      globalSetup: '<rootDir>/tests/support/start-cli.mjs',
      globalTeardown: '<rootDir>/tests/support/stop-campus.mjs',
    },
    {
      ...common,
      displayName: 'cache',
      roots: ['tests/cache'],
      testMatch: ['**/*.test.ts'],
      globalSetup: '<rootDir>/tests/support/start-engines.mjs',
      globalTeardown: '<rootDir>/tests/support/stop-engines.mjs',
    },
    {
      ...common,
      displayName: 'browser',
      roots: ['tests/browser'],
      testMatch: ['**/*.test.ts'],
      globalSetup: '<rootDir>/tests/support/start-campus.mjs',
      globalTeardown: '<rootDir>/tests/support/stop-campus.mjs',
    },
    {
      ...common,
      displayName: 'deploy',
      roots: ['tests/deploy'],
      testMatch: ['**/*.test.ts'],
      globalSetup: '<rootDir>/tests/deploy/package-all.mjs',
    },
  ],
};

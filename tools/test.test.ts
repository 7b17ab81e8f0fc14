import { expect, test } from '@jest/globals';
import { run } from '../project/processes.ts';
import { projectRoot } from '../project/root.ts';
import { jestArguments } from './test.ts';

const FILES = [
  'functions/orders/orders.test.ts',
  'platform/http/paging.test.ts',
  'tests/browser/docs.test.ts',
  'tests/cli/menu.test.ts',
  'localstack/start.process.test.ts',
];

test('npm test -- <path> runs the files whose path contains it', () => {
  const both = ['--selectProjects', 'unit', 'http', '--maxWorkers=100%'];
  expect(jestArguments([], FILES)).toEqual(both);
  expect(jestArguments(['functions/orders'], FILES)).toEqual([...both, '--testPathPatterns', 'functions/orders']);
  expect(jestArguments(['paging.test'], FILES)).toEqual([...both, '--testPathPatterns', 'paging\\.test']);
  expect(jestArguments(['tests/browser'], FILES).slice(0, 2)).toEqual(['--selectProjects', 'browser']);
  expect(jestArguments(['tests/cli'], FILES).slice(0, 2)).toEqual(['--selectProjects', 'cli']);
  expect(jestArguments(['localstack/start'], FILES).slice(0, 2)).toEqual(['--selectProjects', 'processes']);
});

test('npm test -- "<name>" runs the tests whose name contains it', () => {
  expect(jestArguments(['the last item (or two)'], FILES)).toEqual([
    '--selectProjects',
    'unit',
    'http',
    '--maxWorkers=100%',
    '--testNamePattern',
    'the last item \\(or two\\)',
  ]);
});

test.each([
  ['16.20.2', true],
  ['18.20.8', true],
  ['20.18.1', true],
  ['20.19.0', false],
  ['24.21.0', false],
])('npm ci on Node %s says a sentence about it: %p', async (version, says) => {
  const env = { npm_config_user_agent: `npm/10.9.9 node/v${version} linux x64 workspaces/false` };
  const { code, output } = await run(process.execPath, ['tools/installed.mjs'], { cwd: projectRoot, env });
  expect(code).toBe(0);
  expect(output.split('\n')).toHaveLength(says ? 2 : 1);
  if (says) expect(output).toContain(`Your npm runs on Node ${version}`);
});

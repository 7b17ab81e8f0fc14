import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort } from '../project/ports.ts';
import { run } from '../project/processes.ts';
import { projectRoot, textOf } from '../project/root.ts';

const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Readonly<Record<string, string>> };

/** The commands that take options, each as package.json calls it. */
const COMMANDS = [
  'admin:create',
  'ci:deploy',
  'db:create',
  'db:describe',
  'db:migrate',
  'db:reset',
  'deploy:local',
  'dlq',
  'doctor',
  'keys:rotate',
  'localstack',
  'new',
  'previews:remove',
  'remove:local',
  'secrets:create',
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'campus-commands-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command as its script does, where no Campus runs and no AWS account is known. */
async function call(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const [, ...line] = (scripts[name] ?? '').split(' ');
  const unset = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_DYNAMODB', 'AWS_ENDPOINT_URL_SQS', 'AWS_REGION'];
  const nothing = Object.fromEntries(unset.map((variable) => [variable, undefined]));
  return run(process.execPath, [...line, ...args], {
    cwd: projectRoot,
    env: { ...nothing, CAMPUS_DATA: folder, ...env },
  });
}

const STACK = /^\s+at .+:\d+/m;

test.each(COMMANDS)('npm run %s -- --help says how it is called and what each option is', async (name) => {
  const { code, stdout } = await call(name, ['--help']);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^npm run .+\n\n[\s\S]+--help/)]);
});

test.each(COMMANDS)('npm run %s -- --nonsense is told in one line, with the way to the help', async (name) => {
  const { code, output } = await call(name, ['--nonsense']);
  expect([code, output]).toEqual([
    2,
    expect.stringMatching(/^Unknown option '--nonsense'\. Usage: npm run .+--help.+\n$/),
  ]);
});

describe('a failure is told in one line, without a stack', () => {
  test.each([
    ['db:describe', [], /no Campus runs on the data folder/],
    ['db:reset', ['--yes'], /no Campus runs on the data folder/],
    ['dlq', ['list', 'StudentEvents'], /no Campus runs on the data folder/],
    ['dlq', ['list'], /something is missing/],
    ['db:create', ['--aws'], /AWS (?:region|credentials)/],
    ['secrets:create', [], /AWS (?:region|credentials)/],
    ['keys:rotate', ['dance'], /there is no step dance/],
  ])('npm run %s %j', async (name, args, reason) => {
    const { code, output } = await call(name, args, { AWS_EC2_METADATA_DISABLED: 'true' });
    expect(code).not.toBe(0);
    expect(output).toMatch(reason);
    expect(output).not.toMatch(STACK);
    expect(output.trimEnd().split('\n')).toHaveLength(1);
  });

  test.each(['db:describe', 'deploy:local', 'remove:local', 'secrets:create'])(
    'npm run %s where nothing answers says where',
    async (name) => {
      const endpoint = `http://127.0.0.1:${await freePort()}`;
      const credentials = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: 'eu-west-3' };
      const { code, output } = await call(name, [], {
        AWS_ENDPOINT_URL: endpoint,
        AWS_MAX_ATTEMPTS: '1',
        ...credentials,
      });
      expect([code, output]).toEqual([1, expect.stringMatching(/nothing answers at (?:http:\/\/)?127\.0\.0\.1:\d+/)]);
      expect(output).not.toMatch(STACK);
    },
  );
});

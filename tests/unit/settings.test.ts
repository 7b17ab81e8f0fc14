import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { settingsOf } from '../../deploy/template/settings.ts';
import { projectRoot, textOf } from '../../project/root.ts';

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

/** Where the settings of a deployment are read. */
const READERS = ['serverless.yml', ...globSync('functions/*/context.yml', { cwd: projectRoot })];

/** Says which plugins are loaded, and is set by our own commands alone. */
const NOT_A_SETTING = 'CAMPUS_PLUGINS';

/** What somebody may choose about a deployment. */
const settings = [
  ...new Set(READERS.flatMap((file) => [...textOf(file).matchAll(/\benv:(\w+)/g)].map(([, name = '']) => name))),
]
  .filter((name) => name !== NOT_A_SETTING)
  .sort();

const workflow = load(textOf('.github/workflows/deploy.yml')) as Workflow;
const packaging = workflow.jobs.build?.steps.find(({ name }) => name === 'Package') ?? {};

const STAGES = ['DEV', 'PROD'];

test('the workflow passes on all that a deployment reads, each from a variable for each stage', () => {
  expect(settings).toContain('ALARM_EMAIL');
  // Where it is deployed to, every step must know.
  expect(workflow.env.AWS_REGION).toContain('vars.AWS_REGION');
  const names = settings.filter((name) => name !== 'AWS_REGION');
  const passed = STAGES.flatMap((stage) => names.map((name) => [`${stage}_${name}`, `\${{ vars.${stage}_${name} }}`]));
  expect(packaging.env).toEqual(Object.fromEntries(passed));
});

/** Runs the step that packages, with a program in the place of npx that says what it was given. */
function packagedWith(chosen: Readonly<Record<string, string>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'campus-workflow-'));
  try {
    writeFileSync(join(folder, 'npx'), '#!/bin/sh\necho "$@"\nenv\n', { mode: 0o755 });
    const { stdout, stderr, status } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', packaging.run ?? ''], {
      encoding: 'utf8',
      env: { PATH: [folder, process.env.PATH].join(delimiter), STAGE: 'prod', ...chosen },
    });
    if (status !== 0) throw new Error(stderr);
    return stdout.split('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('… of which those of the stage are set, and one that is not there is no empty setting, but none', () => {
  const none = Object.fromEntries(Object.keys(packaging.env ?? {}).map((name) => [name, '']));
  const given = packagedWith({ ...none, PROD_RETENTION_YEARS: '12', PROD_CORS_ORIGINS: 'none', DEV_WAF_RATE: '9' });
  expect(given[0]).toBe('serverless package --stage prod --package .build/release');
  const named = given.filter((line) => settings.includes(line.split('=', 1)[0] ?? ''));
  expect(named.sort()).toEqual(['CORS_ORIGINS=none', 'RETENTION_YEARS=12']);
});

test('every setting stands in the table of docs/deploy.md', () => {
  const [, table = ''] = textOf('docs/deploy.md').split('### Parameters');
  expect(settings.filter((name) => !table.includes(`| \`${name}\` |`))).toEqual([]);
});

const written = { stage: 'dev', corsOrigins: '', wafRate: '0', retentionYears: '10', shards: '1', shardsRead: '' };

test.each([
  ['retentionYears', ''],
  ['retentionYears', '0'],
  ['retentionYears', 'ten'],
  ['wafRate', '9'],
  ['wafRate', '-1'],
  ['shards', '0'],
  ['shards', 'two'],
  ['shardsRead', '64'],
])('%s of "%s" is refused rather than taken for something', (name, value) => {
  expect(() => settingsOf({ policy: { ...written, [name]: value } })).toThrow(value || 'empty');
});

test('… and what is meant is taken', () => {
  expect(settingsOf({ policy: { ...written, wafRate: '' } })).toMatchObject({ wafRate: 0, retentionYears: 10 });
  expect(settingsOf({ policy: { ...written, wafRate: '2000', retentionYears: '0.5' } })).toMatchObject({
    wafRate: 2000,
    retentionYears: 0.5,
  });
  expect(settingsOf({ policy: { ...written, shards: '2', shardsRead: '8' } }).shards).toMatchObject({
    written: 2,
    read: 8,
  });
});

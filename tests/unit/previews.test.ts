import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { outdated, pullOf, pullsIn, stageOf } from '../../deploy/previews/previews.ts';
import { projectRoot, textOf } from '../../project/root.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const NOW = 1_800_000_000_000;

describe('previews', () => {
  test('are known by the names of their stacks, and nothing else is taken for one', () => {
    expect(pullOf(`campus-${stageOf(123)}`)).toBe(123);
    const others = [
      'campus-prod',
      'campus-dev',
      'campus-pull',
      'campus-pull12b',
      'campus-pull0',
      'x-campus-pull1',
      'campus-pull1-x',
    ];
    expect(others.map(pullOf)).toEqual(others.map(() => undefined));
  });

  test('go when their pull request is closed, or when nobody deployed them for long', () => {
    const stacks = [
      { name: 'campus-pull1', deployed: NOW - 2 * DAY },
      { name: 'campus-pull2', deployed: NOW - 2 * DAY },
      { name: 'campus-pull3', deployed: NOW - 15 * DAY },
      { name: 'campus-prod', deployed: NOW - 400 * DAY },
    ];
    expect(outdated(stacks, { open: [1, 3], days: 14 }, NOW)).toEqual([2, 3]);
    expect(outdated(stacks, { open: [], days: 14 }, NOW)).toEqual([1, 2, 3]);
  });

  test('stay for an hour in any case: somebody may have opened one since it was asked which are open', () => {
    const stacks = [{ name: 'campus-pull4', deployed: NOW - HOUR }];
    expect(outdated(stacks, { open: [], days: 14 }, NOW)).toEqual([]);
    expect(outdated(stacks, { open: [], days: 14 }, NOW + 1)).toEqual([4]);
  });

  test('are named by numbers, and what is none is refused before anything is removed', () => {
    expect(pullsIn('12, 15')).toEqual([12, 15]);
    expect(pullsIn('')).toEqual([]);
    for (const text of ['prod', '1.5', '-1', '0', '12,*']) expect(() => pullsIn(text)).toThrow('is no number');
  });

  test('have stages that no other stage begins like, whose role then reaches previews alone', () => {
    const stages = Object.keys((load(textOf('serverless.yml')) as { params: object }).params);
    const prefix = stageOf(1).slice(0, -1);
    expect(stages.filter((stage) => stage.startsWith(prefix))).toEqual([]);
    expect(textOf('deploy/bootstrap/account.yml')).toContain(`{ Ref: Stage }, "${prefix}*"] }`);
  });
});

interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly environment?: string | { readonly name: string };
  readonly permissions: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

interface Workflow {
  readonly on: object;
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const FOLDER = '.github/workflows';
const workflowOf = (name: string) => load(textOf(join(FOLDER, name))) as Workflow;
const { permissions, jobs } = workflowOf('preview.yml');
const mayDeploy = ({ permissions: own }: Job): boolean => 'id-token' in own;

describe('the workflow of previews', () => {
  test('gives forks nothing: every job asks for a pull request of this repository, or follows one that does, or the clock', () => {
    for (const job of Object.values(jobs)) {
      const asks = (job.needs ? jobs[job.needs] : job)?.if ?? '';
      expect(asks).toMatch(/head\.repo\.full_name == github\.repository|github\.event_name == 'schedule'/);
      if (!asks.includes('schedule')) expect(asks).toContain("'preview'");
    }
  });

  test('builds without credentials, and runs no install script where there are some', () => {
    expect(permissions).toEqual({});
    expect(jobs.build?.permissions).toEqual({ contents: 'read' });
    const [having, lacking] = [true, false].map((may) => Object.values(jobs).filter((job) => mayDeploy(job) === may));
    expect(lacking).toEqual([jobs.build]);
    for (const { environment, steps } of having ?? []) {
      expect(typeof environment === 'object' ? environment.name : environment).toBe('preview');
      const installs = steps.flatMap(({ run = '' }) => (run.includes('npm ci') ? [run] : []));
      expect(installs).toEqual(['npm ci --ignore-scripts']);
    }
  });

  test('calls the stage as what removes it does', () => {
    for (const name of ['build', 'deploy'])
      expect(jobs[name]?.env?.STAGE).toBe(`${stageOf(1).slice(0, -1)}\${{ github.event.pull_request.number }}`);
  });
});

test('no workflow runs the code of strangers with rights, and all take the same actions', () => {
  const names = readdirSync(join(projectRoot, FOLDER));
  expect(names).toContain('preview.yml');
  for (const name of names) expect(Object.keys(workflowOf(name).on)).not.toContain('pull_request_target');
  const used = names.flatMap((name) => [...textOf(join(FOLDER, name)).matchAll(/uses: (\S+)@(\S+ # \S+)/g)]);
  const versions = Map.groupBy(used, ([, action]) => action);
  for (const [action, uses] of versions)
    expect([action, new Set(uses.map(([, , version]) => version)).size]).toEqual([action, 1]);
});

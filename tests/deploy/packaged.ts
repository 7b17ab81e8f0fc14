import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ProjectCopy } from '../../project/copy.ts';
import { projectRoot } from '../../project/root.ts';
import type { Template } from '../../project/template.ts';
import { addCrowd } from './crowd.ts';

/** A way to package the project. */
interface Package {
  readonly name: string;
  readonly stage: 'dev' | 'prod';
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Whether a made-up context of many routes is added. */
  readonly crowded?: boolean;
}

/** What a stage that keeps data must say. */
const SAID = { ALARM_EMAIL: 'alarms@school.example', CORS_ORIGINS: 'none' };
const CORS = { ...SAID, CORS_ORIGINS: 'https://school.example,https://parents.example' };

/** The policy that limits the roles of a stage. */
export const ROLE_BOUNDARY = 'arn:aws:iam::123456789012:policy/limits-campus-prod';

/** What may be chosen beside, and is not by itself. */
const CHOSEN = {
  WAF_RATE: '2000',
  DOMAIN: 'api.school.example',
  CERTIFICATE_ARN: 'arn:aws:acm:eu-west-3:123456789012:certificate/0a1b',
};

/** What is held against the policies: the stages as they are, and with all that makes their templates larger. */
export const PACKAGES: readonly Package[] = [
  { name: 'dev', stage: 'dev' },
  { name: 'prod', stage: 'prod', env: SAID },
  { name: 'prod-chosen', stage: 'prod', env: { ...SAID, ...CHOSEN, ROLE_BOUNDARY } },
  { name: 'prod-cors', stage: 'prod', env: CORS },
  { name: 'prod-cors-crowded', stage: 'prod', env: CORS, crowded: true },
];

const folderOf = (name: string): string => join(projectRoot, '.build/packages', name);

/** Packages them once, for all the tests. */
export function packageAll(): void {
  using crowded = new ProjectCopy();
  addCrowd(crowded);
  for (const one of PACKAGES) packageProject(one.crowded ? crowded.folder : projectRoot, one);
}

function packageProject(root: string, { name, stage, env }: Package): void {
  const { status, output } = serverless(['package', '--stage', stage, '--package', folderOf(name)], { root, env });
  if (status !== 0) throw new Error(`Packaging ${name} failed:\n${output}`);
}

/** How the program is called: where, with what in the environment, with what typed. */
interface Call {
  readonly root?: string;
  readonly env?: Package['env'];
  readonly typed?: string;
}

/** Calls the program that deploys, for an account that is nobody's: what is tried here calls no cloud. */
export function serverless(args: readonly string[], { root = projectRoot, env, typed = '' }: Call = {}) {
  const program = createRequire(import.meta.url).resolve('serverless/bin/serverless.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    encoding: 'utf8',
    input: typed,
    env: environmentOf(env),
  });
  return { status, output: stdout + stderr };
}

/** The environment of that program: an account that is nobody's, and what is said beside it. */
export const environmentOf = (env: Package['env']): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  // Behind a proxy with a certificate of its own, npm fetches nothing without.
  ...(process.env.NODE_EXTRA_CA_CERTS && { NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS }),
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  SLS_TELEMETRY_DISABLED: '1',
  SLS_NOTIFICATIONS_MODE: 'off',
  ...env,
});

/** The template of a package, a copy of its own for whoever asks. */
export const packagedTemplate = (name: string): Template =>
  JSON.parse(readFileSync(join(folderOf(name), 'cloudformation-template-update-stack.json'), 'utf8')) as Template;

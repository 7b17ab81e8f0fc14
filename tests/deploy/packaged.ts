import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Template } from '../../deploy/serverless.ts';
import { projectRoot } from '../../localstack/settings.ts';

/** The stages whose templates are held against the policies. */
export const STAGES = ['dev', 'prod'] as const;

const folderOf = (stage: string): string => join(projectRoot, '.build/packages', stage);

/** Packages the stages once, for all the tests. */
export function packageStages(): void {
  const program = createRequire(import.meta.url).resolve('serverless/bin/serverless.js');
  for (const stage of STAGES) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [program, 'package', '--stage', stage, '--package', folderOf(stage)],
      {
        cwd: projectRoot,
        encoding: 'utf8',
        // The account is nobody's: packaging calls nothing.
        env: {
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          AWS_ACCESS_KEY_ID: 'none',
          AWS_SECRET_ACCESS_KEY: 'none',
          SLS_TELEMETRY_DISABLED: '1',
          SLS_NOTIFICATIONS_MODE: 'off',
        },
      },
    );
    if (status !== 0) throw new Error(`Packaging ${stage} failed:\n${stdout}${stderr}`);
  }
}

/** A stage's template, a copy of its own for whoever asks. */
export const packagedTemplate = (stage: string): Template =>
  JSON.parse(readFileSync(join(folderOf(stage), 'cloudformation-template-update-stack.json'), 'utf8')) as Template;

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { StartFailure } from './failure.ts';
import { projectRoot } from './root.ts';

/**
 * Runs a command of osls for a stage in the project's folder, whose output is seen.
 * @param env what it finds in its environment; that of this process unless said
 * @throws StartFailure when it fails
 */
export async function osls(
  command: 'deploy' | 'remove',
  stage: string,
  env: Readonly<NodeJS.ProcessEnv> = process.env,
): Promise<void> {
  const program = createRequire(import.meta.url).resolve('serverless/bin/serverless.js');
  const child = spawn(process.execPath, [program, command, '--stage', stage], {
    cwd: projectRoot,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new StartFailure(`serverless ${command} failed for the stage ${stage}.`);
}

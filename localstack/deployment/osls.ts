import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { StartFailure } from '../failure.ts';
import { projectRoot } from '../settings.ts';

const require = createRequire(import.meta.url);

/** Runs a command of osls for the stage `local` in the project's folder. @throws StartFailure when it fails */
export async function osls(command: 'deploy' | 'remove', env: Readonly<Record<string, string>>): Promise<void> {
  const program = require.resolve('serverless/bin/serverless.js');
  const child = spawn(process.execPath, [program, command, '--stage', 'local'], {
    cwd: projectRoot,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new StartFailure(`serverless ${command} failed.`);
}

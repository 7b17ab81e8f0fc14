import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { projectRoot } from '../project/root.ts';

const JEST = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];

/** Runs jest in the project with these arguments, its words on ours. @returns its exit code */
export async function runJest(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const child = spawn(process.execPath, [...JEST, ...args], {
    cwd: projectRoot,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  // An interrupt reaches jest as well, which ends what it started: its end is ours.
  process.on('SIGINT', () => {});
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
}

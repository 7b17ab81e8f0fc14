import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

/** Runs a program to its end. @returns what it printed; fails with what it complained of */
export const run = async (file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> =>
  (await promisify(execFile)(file, args, { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 })).stdout;

/** A server that a benchmark started. */
export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a server and waits until it answers there. It and its children end with `stop`. */
export async function serve(file: string, args: readonly string[], url: string, env: NodeJS.ProcessEnv) {
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: 'ignore' });
  const exited = once(child, 'exit');
  const server: Server = {
    url,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
  while (!(await answers(url))) if (child.exitCode !== null) throw new Error(`${file} ended with ${child.exitCode}`);
  return server;
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(100) }).then(
    () => true,
    () => new Promise((resume) => setTimeout(() => resume(false), 50)),
  );
}

import { type ChildProcess, fork, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../../project/root.ts';

/** What running one test file came to. */
export interface Run {
  readonly noticed: boolean;
  /** The name of the test that failed, or why the file could not be run. */
  readonly by: string;
  /** Undefined where it ran out of time. */
  readonly ms?: number;
  /** The ids of the mutants that its tests came by, and of those that loading it did. */
  readonly reached: readonly string[];
  readonly loaded: readonly string[];
}

const MOST_MEMORY = 1_200_000_000;
const FLAGS = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning'];

let runner: ChildProcess | undefined;

/** Ends the process that runs tests, hung or not. */
export function letGo(): void {
  runner?.kill('SIGKILL');
  runner = undefined;
}

/**
 * Runs one test file in a process that is kept from one to the next: what jest and its modules cost to load is paid
 * once.
 * @param mutant the id of the one that is awake
 * @param limit milliseconds, after which it counts as hung
 */
export async function runFile(file: string, limit: number, mutant?: string): Promise<Run> {
  const stdio: StdioOptions = ['ignore', 'ignore', 'ignore', 'ipc'];
  runner ??= fork(join(projectRoot, 'tests/mutation/runner.mjs'), { cwd: projectRoot, execArgv: FLAGS, stdio });
  const child = runner;
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), limit);
  child.send({ file, mutant });
  try {
    const answer = once(child, 'message', { signal: over.signal }) as Promise<[Run & { memory: number }]>;
    const gone = once(child, 'exit', { signal: over.signal }).then(() => undefined);
    const [run] = (await Promise.race([answer, gone])) ?? [];
    if (!run || run.memory > MOST_MEMORY) letGo();
    return run ?? { noticed: true, by: 'the process ended', reached: [], loaded: [] };
  } catch (error) {
    if (!over.signal.aborted) throw error;
    letGo();
    return { noticed: true, by: 'it ran out of time', reached: [], loaded: [] };
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

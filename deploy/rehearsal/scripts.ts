import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ran, run } from '../../project/processes.ts';
import { projectRoot } from '../../project/root.ts';

const TIMEOUT_MS = 1_500_000;

/** Runs a script of package.json in a folder, on this input. */
export const runScript = (folder: string, script: string, env: NodeJS.ProcessEnv = {}, input = ''): Promise<Ran> =>
  run('npm', ['run', '--silent', ...script.split(' ')], { cwd: folder, env, input, timeout: TIMEOUT_MS });

interface Report {
  readonly numFailedTestSuites: number;
  readonly testResults: readonly { readonly assertionResults: readonly TestResult[] }[];
}

interface TestResult {
  readonly fullName: string;
  readonly status: string;
}

/** How the HTTP tests went. */
export interface HttpOutcome {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  /** Those whose names were not asked for. */
  readonly leftOut: readonly string[];
  /** Files of tests with a failure in them, those that could not even start too. */
  readonly failedSuites: number;
  readonly output: string;
}

/** Which of the HTTP tests are run. */
export interface HttpChoice {
  /** A part of the paths of their files; nothing for all. */
  readonly path: string;
  /** A regular expression of their names, without a space; undefined for all. */
  readonly names?: string | undefined;
  /** How many files are run side by side. */
  readonly workers: number;
}

/** Runs HTTP tests against a deployed API. */
export async function runHttpSuite(url: string, { path, names, workers }: HttpChoice): Promise<HttpOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'campus-http-'));
  const file = join(folder, 'report.json');
  try {
    const chosen = [...(names === undefined ? [] : ['--testNamePattern', names]), path].join(' ');
    const script = `jest -- --selectProjects http --maxWorkers ${workers} --json --outputFile ${file} ${chosen}`.trim();
    const { output } = await runScript(projectRoot, script, { CAMPUS_URL: url });
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
    const named = (status: string) => results.filter((one) => one.status === status).map(({ fullName }) => fullName);
    const [passed, failed, leftOut] = [named('passed'), named('failed'), named('pending')];
    return { passed, failed, leftOut, failedSuites: report.numFailedTestSuites, output };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

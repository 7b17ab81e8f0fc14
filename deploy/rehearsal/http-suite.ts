import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../localstack/settings.ts';
import { runScript } from './project.ts';
import type { Tally } from './steps.ts';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
}

/** Runs the HTTP tests against a deployed API. @returns how many passed and failed, and what was printed */
export async function runHttpSuite(url: string): Promise<Tally & { readonly output: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'campus-http-'));
  const file = join(folder, 'report.json');
  try {
    const script = `jest -- --selectProjects http --maxWorkers 1 --json --outputFile ${file}`;
    const { output } = await runScript(projectRoot, script, { CAMPUS_URL: url });
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    const failed = Math.max(report.numFailedTests, report.numFailedTestSuites);
    return { passed: report.numPassedTests, failed, output };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

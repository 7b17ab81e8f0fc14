import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { endChild } from './engines/process.ts';
import { StartFailure } from './failure.ts';
import { projectRoot } from './settings.ts';
import type { Report } from './supervised.ts';

export interface App {
  readonly child: ChildProcess;
  /** Settles when the API answers, or fails with the reason why it will not. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

export interface AppOptions {
  readonly port: number;
  readonly logFile: string;
  readonly env: Readonly<Record<string, string>>;
}

const require = createRequire(import.meta.url);

/** Starts serverless-offline with our plugin as a child that lives no longer than this process. */
export function startApp({ port, logFile, env }: AppOptions): App {
  const log = openSync(logFile, 'a');
  const output = process.env.CAMPUS_LOG === 'stdout' ? 'inherit' : log;
  const logStart = readFileSync(logFile).length;
  const child = fork(
    require.resolve('serverless/bin/serverless.js'),
    ['offline', 'start', '--stage', 'local', '--httpPort', String(port), '--noSponsor'],
    {
      cwd: projectRoot,
      stdio: ['ignore', output, output, 'ipc'],
      detached: true,
      env: { ...ownEnvironment(), ...env },
    },
  );
  closeSync(log);
  return {
    child,
    ready: () => ready(child, () => readFileSync(logFile).subarray(logStart).toString()),
    stop: () => endChild(child),
  };
}

async function ready(child: ChildProcess, readLog: () => string): Promise<void> {
  const ended = once(child, 'exit').then((): Report => ({ failed: `the application ended.\n${lastLines(readLog())}` }));
  const report = await Promise.race([firstReport(child), ended]);
  if ('failed' in report) throw new StartFailure(report.failed);
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-20).join('\n');
}

function firstReport(child: ChildProcess): Promise<Report> {
  return new Promise((resolve) => {
    child.on('message', (message: Partial<Report>) => {
      // A parent in watch mode makes Node send messages of its own over the same channel.
      if ('ready' in message || 'failed' in message) resolve(message as Report);
    });
  });
}

/** Our environment without what could lead an SDK to a real AWS account, or Node to report to a watcher. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const unwanted = /^(AWS_|SLS_|SERVERLESS_|WATCH_REPORT_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !unwanted.test(name)));
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { StartFailure } from '../project/failure.ts';
import { endChild } from '../project/processes.ts';
import { projectRoot } from '../project/root.ts';

export interface App {
  readonly child: ChildProcess;
  /** Settles when the API answers, or fails with the reason why it will not. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

export interface AppOptions {
  readonly host: string;
  readonly port: number;
  readonly logFile: string;
  readonly env: Readonly<Record<string, string>>;
}

const require = createRequire(import.meta.url);

/** Starts serverless-offline with our plugin as a child that lives no longer than this process. */
export function startApp({ host, port, logFile, env }: AppOptions): App {
  const log = openSync(logFile, 'a');
  const output = process.env.CAMPUS_LOG === 'stdout' ? 'inherit' : log;
  const logStart = readFileSync(logFile).length;
  const child = fork(
    require.resolve('serverless/bin/serverless.js'),
    ['offline', 'start', '--stage', 'local', '--host', host, '--httpPort', String(port), '--noSponsor'],
    {
      cwd: projectRoot,
      stdio: ['ignore', output, output, 'ipc'],
      detached: true,
      windowsHide: true,
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
    child.once('message', (message) => resolve(message as Report));
  });
}

/** Our environment without what could lead an SDK to a real AWS account. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const unwanted = /^(AWS_|SLS_|SERVERLESS_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !unwanted.test(name)));
}

/** What the application tells the supervisor that started it. */
export type Report = { readonly ready: true } | { readonly failed: string };

/** Tells the supervisor, where there is one. */
export function tellSupervisor(report: Report): void {
  process.send?.(report);
}

/** Ends this process, and the database with it, as soon as the supervisor is gone, however it went. */
export function followSupervisor(): void {
  if (!process.send) return;
  process.once('disconnect', endWithDatabase);
  if (!process.connected) endWithDatabase();
}

function endWithDatabase(): never {
  const database = Number(process.env.CAMPUS_DYNAMODB_PID);
  try {
    if (database > 0) process.kill(database, 'SIGKILL');
  } catch {
    // It ended before us.
  }
  process.exit(1);
}

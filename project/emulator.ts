import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StartFailure } from './failure.ts';
import { LOOPBACK } from './ports.ts';
import { endChild, hasEnded, sendSignal } from './processes.ts';
import { answers, until } from './until.ts';

/** An emulator of AWS that runs on this machine. */
export interface Emulator {
  readonly endpoint: string;
  /** A folder of its own, which goes with it. */
  readonly folder: string;
  /** What it has printed. */
  log(): string;
  /** Settles when it ended, by itself too. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** The path under which emulators serve a deployed REST API. */
export const apiPath = (apiId: string, stage: string): string => `/_aws/execute-api/${apiId}/${stage}`;

interface Program {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly port: number;
  /** Whether what it prints is shown and not kept. */
  readonly shown?: boolean;
  /** Its whole environment, PATH, HOME and TMPDIR set: nothing of this machine's settings for AWS has a say. */
  environment(folder: string): Readonly<Record<string, string>>;
  /** To be done in its folder before it starts. */
  prepare?(folder: string): void;
}

/** How long an emulator may take to answer: it may be installed first. One that ends is noticed at once. */
const PATIENCE_MS = 600_000;

/**
 * Starts an emulator, with the Node that runs this as the one of its Lambdas, and waits until it answers.
 * @throws StartFailure with what it said when it ends instead
 */
export async function startEmulator(program: Program): Promise<Emulator> {
  const { name, file, args, port, shown, environment, prepare } = program;
  const folder = mkdtempSync(join(tmpdir(), `campus-${name.toLowerCase()}-`));
  prepare?.(folder);
  const logFile = join(folder, 'emulator.log');
  const log = openSync(logFile, 'a');
  const output = shown ? 'inherit' : log;
  const child = spawn(file, args, {
    cwd: folder,
    // A group of its own, so that its Lambdas end with it. Its input ends with us.
    detached: true,
    stdio: ['pipe', output, output],
    env: {
      PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
      HOME: folder,
      TMPDIR: folder,
      PYTHONUNBUFFERED: '1',
      ...environment(folder),
    },
  });
  closeSync(log);
  const endGroup = () => sendSignal(child, 'SIGKILL', true);
  process.once('exit', endGroup);
  const emulator: Emulator = {
    endpoint: `http://${LOOPBACK}:${port}`,
    folder,
    log: () => readFileSync(logFile, 'utf8'),
    ended: new Promise((resolve) => child.once('exit', () => resolve())),
    async stop() {
      await endChild(child, { graceMs: 15_000, group: true });
      process.off('exit', endGroup);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  const answered = async () => hasEnded(child) || (await answers(`${emulator.endpoint}/_localstack/health`));
  const came = await until(answered, { within: PATIENCE_MS, every: 100 }).then(
    () => !hasEnded(child),
    () => false,
  );
  return came ? emulator : failed(name, emulator);
}

/** Takes an emulator away that did not come up as it should. @throws StartFailure with the line that says why */
export async function failed(name: string, emulator: Emulator): Promise<never> {
  const lines = emulator.log().trim().split('\n');
  const reason = lines.find((line) => /\bERROR\b|written for/.test(line)) ?? lines.at(-1);
  await emulator.stop();
  throw new StartFailure(`${name} did not start: ${reason || 'it said nothing'}`);
}

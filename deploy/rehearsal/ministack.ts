import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from '../../localstack/engines/ports.ts';
import { projectRoot } from '../../localstack/settings.ts';

const requirements = join(import.meta.dirname, 'requirements.txt');
const environment = join(projectRoot, '.venv/ministack');

export interface Emulator {
  readonly endpoint: string;
  /** Where the Lambdas that run on it may write down what they call. */
  readonly callsFile: string;
  /** What it has printed. */
  log(): string;
  stop(): Promise<void>;
}

/** Installs MiniStack, pinned, into a virtual environment of the project, unless it is there. */
export function installMiniStack(): void {
  const mark = join(environment, 'installed.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (readIfThere(mark) === wanted) return;
  run('python3', ['-m', 'venv', '--clear', environment]);
  run(join(environment, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  writeFileSync(mark, wanted);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${args[0]} failed${error ? `: ${error.message}` : ''}`);
}

/** Starts MiniStack empty, on a free loopback port. Its Lambdas run on the Node that runs this. */
export async function startMiniStack(): Promise<Emulator> {
  const folder = mkdtempSync(join(tmpdir(), 'campus-ministack-'));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const logFile = join(folder, 'ministack.log');
  const output = openSync(logFile, 'a');
  const child = spawn(join(environment, 'bin/ministack'), [], {
    cwd: folder,
    // A group of its own, so that its Lambdas end with it.
    detached: true,
    stdio: ['ignore', output, output],
    env: {
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      HOME: folder,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      AWS_ENDPOINT_URL: endpoint,
      IOT_MTLS_ENABLED: '0',
      LAMBDA_EXECUTOR: 'local',
      MINISTACK_REGION: 'eu-west-3',
      AWS_DEFAULT_REGION: 'eu-west-3',
      STATE_DIR: join(folder, 'state'),
      S3_DATA_DIR: join(folder, 's3'),
      TMPDIR: folder,
    },
  });
  closeSync(output);
  const endGroup = () => signalGroup(child, 'SIGKILL');
  process.once('exit', endGroup);
  return {
    endpoint,
    callsFile: join(folder, 'calls.jsonl'),
    log: () => readFileSync(logFile, 'utf8'),
    async stop() {
      await stopGroup(child);
      process.off('exit', endGroup);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    signalGroup(child, 'SIGTERM');
    const insist = setTimeout(() => signalGroup(child, 'SIGKILL'), 5_000);
    await ended;
    clearTimeout(insist);
  }
  signalGroup(child, 'SIGKILL');
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid) process.kill(-pid, signal);
  } catch {
    // The group has ended.
  }
}

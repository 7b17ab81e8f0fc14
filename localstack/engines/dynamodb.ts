import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartFailure } from '../../project/failure.ts';
import { waitForPort } from '../../project/ports.ts';
import { endChild, endOrphan } from '../../project/processes.ts';
import { chooseEngine, thisMachine } from './choice.ts';
import { type Address, secludedAddress } from './seclusion.ts';

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
  readonly address: Address;
}

/**
 * Starts DynamoDB where no page in a browser can reach it: neither engine asks who calls, and dynoxide lets in every
 * origin. On disk in `folder`, in memory without one.
 */
export async function startDynamoDb(folder?: string): Promise<DynamoDbEngine> {
  const pidFile = folder && join(folder, 'dynamodb.pid');
  if (folder && pidFile && existsSync(pidFile)) await endOrphan(Number(readFileSync(pidFile, 'utf8')), folder);
  const { name, file, args, address } = await command(folder);
  // A process group of its own, so that Ctrl-C reaches the supervisor only and the order of the end is its to choose.
  const words = folder && join(folder, 'dynamodb.log');
  const child = launch(file, args, words);
  try {
    if (pidFile) writeFileSync(pidFile, String(child.pid));
    await answering(child, address, () => `DynamoDB (${name}) did not start${lastOf(words)}.`);
  } catch (error) {
    await endChild(child);
    throw error;
  }
  return {
    name,
    endpoint: `http://${address.host}:${address.port}`,
    child,
    async stop() {
      await endChild(child);
      if (pidFile) rmSync(pidFile, { force: true });
    },
  };
}

/** Starts the engine with its words in a file: a pipe would break with us, and it with the pipe. */
function launch(file: string, args: readonly string[], words: string | undefined): ChildProcess {
  const output = words ? openSync(words, 'w') : 'ignore';
  const child = spawn(file, args, { stdio: ['ignore', output, output], detached: true, windowsHide: true });
  child.unref();
  if (typeof output === 'number') closeSync(output);
  return child;
}

/** What the engine said last. */
function lastOf(words: string | undefined): string {
  const last = words && readFileSync(words, 'utf8').trim().split('\n').at(-1);
  return last ? `: ${last.slice(0, 300).replace(/\.$/, '')}` : '';
}

async function answering(child: ChildProcess, { host, port }: Address, failure: () => string): Promise<void> {
  const gaveUp = new AbortController();
  child.once('error', () => gaveUp.abort());
  child.once('exit', () => gaveUp.abort());
  try {
    await waitForPort(port, { host, within: 20_000, signal: gaveUp.signal });
  } catch {
    if (child.signalCode === 'SIGXFSZ') throw Object.assign(new Error(failure()), { code: 'EFBIG' });
    throw new StartFailure(failure());
  }
}

async function command(folder: string | undefined): Promise<Command> {
  const chosen = chooseEngine(thisMachine());
  if (chosen.engine === 'local') return amazonsOwn(folder, chosen.home);
  const address = await secludedAddress();
  const store = folder ? ['--db-path', join(folder, 'dynamodb.sqlite')] : [];
  const args = ['--host', address.host, '--port', String(address.port), ...store];
  return { name: 'dynoxide', file: chosen.file, args, address };
}

async function amazonsOwn(folder: string | undefined, home: string): Promise<Command> {
  const address = await secludedAddress({ everywhere: true });
  const store = folder ? ['-dbPath', madeFolder(join(folder, 'dynamodb-local'))] : ['-inMemory'];
  const jar = [`-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`, '-jar', join(home, 'DynamoDBLocal.jar')];
  const args = [
    ...jar,
    '-port',
    String(address.port),
    '-sharedDb',
    '-disableTelemetry',
    '-cors',
    'none.invalid',
    ...store,
  ];
  return { name: 'DynamoDB Local', file: 'java', args, address };
}

function madeFolder(path: string): string {
  mkdirSync(path, { recursive: true });
  return path;
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../project/ports.ts';
import { until } from '../../project/until.ts';

/** The command of a Redis or Valkey server: the one that CACHE_SERVER names, or else what the machine has. */
function command(): string {
  const known = [process.env.CACHE_SERVER, 'redis-server', 'valkey-server'].filter((one) => one !== undefined);
  const found = known.find((one) => spawnSync(one, ['--version']).status === 0);
  if (!found)
    throw new Error(
      'These tests need a Redis or Valkey server: apt-get install redis-server, or name one in CACHE_SERVER',
    );
  return found;
}

/** Whether the server answers: what it sent is all that is asked for. */
function isReady(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
  return new Promise((resolve) => {
    socket.once('data', (data) => resolve(String(data).startsWith('+PONG')));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  }).finally(() => socket.destroy()) as Promise<boolean>;
}

/** A real cache server of a test's own, which can be hurt. */
export class CacheServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'campus-cache-'));
  readonly #command = command();
  #port = 0;
  #child: ChildProcess | undefined;

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  /** Starts it, at the same port each time and with what it held when it was killed. */
  async start(): Promise<void> {
    this.#port ||= await freePort();
    const settings = { port: this.#port, bind: '127.0.0.1', dir: this.#folder, save: '', appendonly: 'yes' };
    const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const child = spawn(this.#command, words, { stdio: 'ignore' });
    process.once('exit', () => child.kill('SIGKILL'));
    this.#child = child;
    await until(() => isReady(this.#port), { what: 'the cache server answers' });
  }

  /** Ends it at once, as a crash would. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child) return;
    child.kill('SIGKILL');
    await once(child, 'close');
  }

  /** Has it keep its connections and answer nothing, until {@link thaw}. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Ends it, and takes away what it wrote. */
  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

import { Readable } from 'node:stream';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { clock } from '../base/clock.ts';
import { log } from '../base/log.ts';
import { scopeKept } from '../base/scope.ts';
import type { Chunks } from './content.ts';

/** An answer on its way out: its body is whole, or empty where a stream brings it. */
export interface Leaving extends APIGatewayProxyResult {
  readonly stream?: Stream;
}

/** Pieces are gathered to about this many bytes: a row each would cost a write each. */
const PIECE_BYTES = 64 * 1024;

const bytesOf = (chunk: Uint8Array | string): Uint8Array => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk);

/** The same bytes in pieces worth sending. */
async function* gathered(chunks: Chunks): AsyncGenerator<Buffer, undefined> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    const bytes = bytesOf(chunk);
    held.push(bytes);
    size += bytes.length;
    if (size < PIECE_BYTES) continue;
    yield Buffer.concat(held);
    held = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(held);
}

/**
 * A body that is made while it is sent, no faster than somebody takes it. Its first piece is there before the answer
 * begins, so that what fails until then is told like every other refusal.
 */
export class Stream implements AsyncIterableIterator<Buffer, undefined> {
  readonly #pieces: AsyncGenerator<Buffer, undefined>;
  readonly #inScope = scopeKept();
  readonly #beganAt = clock.now();
  #first: IteratorResult<Buffer, undefined> | undefined;
  #bytes = 0;
  #over = false;

  private constructor(chunks: Chunks) {
    this.#pieces = gathered(chunks);
  }

  /** @throws whatever making the first piece throws */
  static async begun(chunks: Chunks): Promise<Stream> {
    const stream = new Stream(chunks);
    stream.#first = await stream.#pieces.next();
    return stream;
  }

  /** @throws what the making threw, once it is logged: whoever sends must then break the connection */
  async next(): Promise<IteratorResult<Buffer, undefined>> {
    const first = this.#first;
    this.#first = undefined;
    const piece =
      first ?? (await this.#inScope(() => this.#pieces.next()).catch((error: unknown) => this.#failed(error)));
    this.#bytes += piece.value?.length ?? 0;
    if (piece.done) this.#ended('complete');
    return piece;
  }

  /** Whoever takes it wants no more: what makes it stops, and lets go of what it holds. */
  async return(): Promise<IteratorResult<Buffer, undefined>> {
    this.#ended('abandoned');
    this.#first = undefined;
    return this.#inScope(() => this.#pieces.return(undefined));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** For what takes streams of Node: at most one piece is made ahead. */
  readable(): Readable {
    return Readable.from(this, { objectMode: false, highWaterMark: 1 });
  }

  /** All of it at once. */
  async whole(): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of this) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  #failed(error: unknown): never {
    this.#inScope(() =>
      log.error('stream broke off', { error: error instanceof Error ? error : new Error(String(error)) }),
    );
    this.#ended('broken');
    throw error;
  }

  #ended(outcome: 'complete' | 'abandoned' | 'broken'): void {
    if (this.#over) return;
    this.#over = true;
    const duration = clock.now() - this.#beganAt;
    this.#inScope(() => log.info('stream', { duration, outcome, bytes: this.#bytes }));
  }
}

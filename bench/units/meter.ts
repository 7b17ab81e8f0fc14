import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { send } from '../../platform/base/http-client.ts';
import { LOOPBACK } from '../../project/ports.ts';

/** Every read that DynamoDB counts in read units; all else that goes over the wire here are writes. */
const READS = /^(GetItem|BatchGetItem|Query|Scan|TransactGetItems)$/;

/** How long a call is held back while it is measured, in milliseconds, so that those sent at once are seen to be. */
const HELD_MS = 12;

/** A call as DynamoDB answered it. */
export interface Metered {
  readonly operation: string;
  readonly table: string;
  readonly reads: number;
  readonly writes: number;
  /** One more than the latest turn that was answered when it came: calls of one turn were on their way at once. */
  readonly turn: number;
}

interface Consumed {
  readonly TableName?: string;
  readonly CapacityUnits?: number;
}

/** What an answer says that its call consumed, of one table or of several. */
const consumedBy = (answer: string): Consumed[] =>
  [(JSON.parse(answer) as { ConsumedCapacity?: Consumed | Consumed[] }).ConsumedCapacity ?? []].flat();

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const operationOf = (headers: IncomingHttpHeaders): string => String(headers['x-amz-target']).split('.').at(-1) ?? '';

/**
 * Stands before a DynamoDB and counts what goes over the wire: with and without the SDK, tried again or not. It asks for
 * the units in the caller's place.
 */
export class Meter implements AsyncDisposable {
  readonly #engine: URL;
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  #calls: Metered[] | undefined;
  #answered = 0;

  private constructor(engine: string) {
    this.#engine = new URL(engine);
  }

  /** Starts one. @param engine the address of the DynamoDB that answers */
  static async before(engine: string): Promise<Meter> {
    const meter = new Meter(engine);
    meter.#server.listen(0, LOOPBACK);
    await once(meter.#server, 'listening');
    return meter;
  }

  get url(): string {
    return `http://${LOOPBACK}:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What goes over the wire while this is done. */
  async during(work: () => Promise<unknown>): Promise<readonly Metered[]> {
    const calls: Metered[] = [];
    this.#calls = calls;
    this.#answered = 0;
    await work().finally(() => {
      this.#calls = undefined;
    });
    return calls;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [calls, turn] = [this.#calls, this.#answered + 1];
    const operation = operationOf(request.headers);
    const asked = JSON.parse(await bodyOf(request)) as object;
    const body = JSON.stringify(calls ? { ...asked, ReturnConsumedCapacity: 'TOTAL' } : asked);
    if (calls) await pause(HELD_MS);
    const headers = { ...request.headers, host: this.#engine.host, 'content-length': String(Buffer.byteLength(body)) };
    const answer = await send(this.#engine, { method: 'POST', headers, body });
    if (calls) {
      const [consumed] = consumedBy(answer.body);
      const units = consumed?.CapacityUnits ?? 0;
      const [reads, writes] = READS.test(operation) ? [units, 0] : [0, units];
      calls.push({ operation, table: consumed?.TableName ?? '', reads, writes, turn });
      this.#answered = Math.max(this.#answered, turn);
    }
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}

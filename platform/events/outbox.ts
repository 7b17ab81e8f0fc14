import { clock } from '../clock.ts';
import type { Key, Table } from '../data/table.ts';
import { put, remove, type Write } from '../data/write.ts';
import { lowestIdAt } from '../ids.ts';
import { log } from '../log.ts';
import { measure } from '../metrics.ts';
import type { CloudEvent } from './cloud-event.ts';
import { MOST_PER_BATCH, type Queue } from './queue.ts';

const PARTITION = 'OUTBOX';

/** The relay leaves younger events alone: the request that wrote them is sending them itself. */
const SETTLING_MS = 10_000;

interface Pending {
  pk: string;
  sk: string;
  event: CloudEvent;
  delaySeconds?: number;
}

/** How long an event has been waiting (ms); nothing waits where there is none. */
const ageOf = (oldest: Pending | undefined): number =>
  oldest ? Math.max(0, clock.now() - Date.parse(oldest.event.time)) : 0;

interface Delivery {
  /** Seconds (0–900) from the event's time before the receiver sees it. */
  readonly delaySeconds?: number;
}

// SQS refuses a message with one of these two; as a JSON escape it is plain ASCII.
const textOf = (event: CloudEvent): string =>
  JSON.stringify(event).replaceAll(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);

/** What is left of a delay that began when the event happened: what waited for the relay has waited already. */
const leftOf = (delaySeconds: number, { time }: CloudEvent): number =>
  Math.max(0, Math.ceil(delaySeconds - (clock.now() - Date.parse(time)) / 1000));

/**
 * The transactional outbox of a context: an event is written together with the change it tells of, sent right after,
 * and left to the scheduled relay when that fails. So it is told at least once, whatever crashes in between.
 */
export class Outbox {
  readonly #table: Table;
  readonly #queue: Queue;

  constructor(table: Table, queue: Queue) {
    this.#table = table;
    this.#queue = queue;
  }

  /** The write that goes into the same transaction as the change. */
  record(event: CloudEvent, delivery: Delivery = {}): Write {
    return put({ pk: PARTITION, sk: event.id, event, ...delivery });
  }

  /** Sends events that a transaction has just recorded. Never fails: the relay sends what this could not. */
  async send(events: readonly CloudEvent[], delivery: Delivery = {}): Promise<void> {
    const pending = events.map((event) => ({ pk: PARTITION, sk: event.id, event, ...delivery }));
    await this.#deliver(pending).catch((error: unknown) =>
      log.warn('events left to the relay', { error, events: events.map(({ id }) => id) }),
    );
  }

  /**
   * Sends everything that was left behind; an event that the queue refuses stays, and holds up none behind it.
   * @returns how many events it sent
   */
  async relay(): Promise<number> {
    const sort = ['sk', '<', lowestIdAt(clock.now() - SETTLING_MS)] as const;
    const question = { partition: ['pk', PARTITION], sort, limit: MOST_PER_BATCH } as const;
    let sent = 0;
    let age = 0;
    let after: Key | undefined;
    do {
      const { items, next } = await this.#table.query<Pending>({ ...question, after });
      age ||= ageOf(items[0]);
      sent += await this.#deliver(items);
      after = next;
    } while (after);
    const measures = { relayed_events: [sent, 'Count'], outbox_age: [age, 'Milliseconds'] } as const;
    measure('relay', measures, { context: process.env.CAMPUS_CONTEXT ?? 'campus' });
    return sent;
  }

  async #deliver(pending: readonly Pending[]): Promise<number> {
    if (pending.length === 0) return 0;
    const messages = pending.map(({ event, delaySeconds }) => ({
      id: event.id,
      body: textOf(event),
      delaySeconds: delaySeconds && leftOf(delaySeconds, event),
    }));
    const accepted = new Set(await this.#queue.send(messages));
    const done = pending.filter(({ sk }) => accepted.has(sk));
    if (done.length > 0) await this.#table.write(done.map(({ pk, sk }) => remove({ pk, sk })));
    return done.length;
  }
}

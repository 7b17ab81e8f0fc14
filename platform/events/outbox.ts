import { clock } from '../base/clock.ts';
import { lowestIdAt } from '../base/ids.ts';
import { log } from '../base/log.ts';
import { measure } from '../base/metrics.ts';
import { key } from '../data/key.ts';
import type { Key, Table } from '../data/table.ts';
import { remove } from '../data/write.ts';
import { type CloudEvent, cloudEvent } from './cloud-event.ts';
import { type Delivery, OUTBOX, type OutgoingEvent, type Pending, pendingOf, type Sender } from './outgoing-event.ts';
import { MOST_PER_BATCH, type Queue } from './queue.ts';

/** The relay leaves younger events alone: the request that wrote them is sending them itself. */
const SETTLING_MS = 10_000;

/** How long an event has been waiting (ms); nothing waits where there is none. */
const ageOf = (oldest: Pending | undefined): number =>
  oldest ? Math.max(0, clock.now() - Date.parse(oldest.event.time)) : 0;

// SQS refuses the two noncharacters, and its local stand-in whatever lies beyond them; as a JSON escape all is plain ASCII.
const textOf = (event: CloudEvent): string =>
  JSON.stringify(event).replaceAll(/[\ud800-\udfff\ufffe\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);

/** What is left of a delay that began when the event happened: what waited for the relay has waited already. */
const leftOf = (delaySeconds: number, { time }: CloudEvent): number =>
  Math.max(0, Math.ceil(delaySeconds - (clock.now() - Date.parse(time)) / 1000));

/**
 * The transactional outbox of a context: an event is written together with the change it tells of, sent right after,
 * and left to the scheduled relay when that fails. So it is told at least once, whatever crashes in between.
 */
export class Outbox implements Sender {
  readonly #source: string;
  readonly #table: Table;
  readonly #queue: Queue;

  /** @param source the context that speaks, `/campus/<context>` */
  constructor(source: string, table: Table, queue: Queue) {
    this.#source = source;
    this.#table = table;
    this.#queue = queue;
  }

  /**
   * What this context has to tell.
   * @param type what happened, `campus.<noun>.<past participle>`
   * @param subject the id of what it happened to
   */
  event(type: string, subject: string, data: unknown, delivery: Delivery = {}): OutgoingEvent {
    return { event: cloudEvent(this.#source, type, subject, data), outbox: this, ...delivery };
  }

  /** Sends events that a transaction has just recorded. Never fails: the relay sends what this could not. */
  async send(events: readonly OutgoingEvent[]): Promise<void> {
    await this.#deliver(events.map(pendingOf)).catch((error: unknown) =>
      log.warn('events left to the relay', { error, events: events.map(({ event }) => event.id) }),
    );
  }

  /**
   * Sends everything that was left behind; an event that the queue refuses stays, and holds up none behind it.
   * @returns how many events it sent
   */
  async relay(): Promise<number> {
    const sort = ['sk', '<', key`${lowestIdAt(clock.now() - SETTLING_MS)}`] as const;
    const query = { partition: ['pk', OUTBOX], sort, limit: MOST_PER_BATCH } as const;
    let sent = 0;
    let age = 0;
    let after: Key | undefined;
    do {
      const { items, next } = await this.#table.query<Pending>({ ...query, after });
      age ||= ageOf(items[0]);
      sent += await this.#deliver(items);
      after = next;
    } while (after);
    // A metric is paid for in the hours in which it is told: that nothing waits goes without saying.
    const waiting = age > 0 && ({ outbox_age: [age, 'Milliseconds'] } as const);
    const details = { relayed_events: sent, context: process.env.CAMPUS_CONTEXT ?? 'campus' };
    measure('relay', { relays: [1, 'Count'], ...waiting }, details);
    return sent;
  }

  async #deliver(pending: readonly Pending[]): Promise<number> {
    if (pending.length === 0) return 0;
    const messages = pending.map(({ event, delaySeconds }) => ({
      id: event.id,
      body: textOf(event),
      delaySeconds: delaySeconds && leftOf(delaySeconds, event),
    }));
    const accepted = new Set<string>(await this.#queue.send(messages));
    const done = pending.filter(({ sk }) => accepted.has(sk));
    if (done.length > 0) await this.#table.write(done.map(({ pk, sk }) => remove({ pk, sk })));
    return done.length;
  }
}

/** The scheduled Lambda that sends what a crash left in an outbox. @returns how many events it sent */
export const relaying = (outbox: Outbox) => async (): Promise<{ sent: number }> => ({ sent: await outbox.relay() });

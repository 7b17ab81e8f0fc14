import { afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { failing, intervening, sdkError } from '../../tests/support/faults.ts';
import { type LogLine, loggedLines } from '../../tests/support/logged.ts';
import { createFrom } from '../../tests/support/tables.ts';
import { clock } from '../base/clock.ts';
import { key } from '../data/key.ts';
import { Table } from '../data/table.ts';
import { Outbox, relaying } from './outbox.ts';
import { recordOf } from './outgoing-event.ts';
import { Queue, sqs } from './queue.ts';

const table = new Table('NOTES_TABLE');
const outbox = new Outbox('/campus/notes', table, new Queue('NOTES_QUEUE_URL'));
const relay = relaying(outbox);

let lines: LogLine[];

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
  process.env.CAMPUS_CONTEXT = 'notes';
  lines = loggedLines();
});
beforeEach(() => {
  lines = loggedLines();
});
afterEach(() => {
  jest.restoreAllMocks();
});

const newEvent = () => outbox.event('campus.note.written', '1', { text: 'é' });
const down = failing(() => sdkError('AccessDenied'), 'SendMessageBatch');

test('what is left to the relay is told to whoever reads the log', async () => {
  const events = [newEvent(), newEvent()];
  await table.write(events.map(recordOf));
  await intervening(sqs, down, () => outbox.send(events));
  expect(lines).toEqual([
    expect.objectContaining({
      level: 'WARN',
      message: 'events left to the relay',
      events: events.map(({ event }) => event.id),
      error: expect.objectContaining({ name: 'AccessDenied' }),
    }),
  ]);
});

test('the relay tells that it ran, and where something had waited, how long the oldest of it had', async () => {
  const now = clock.now() + 60_000;
  jest.spyOn(clock, 'now').mockReturnValue(now);
  const [oldest] = await table.queryAll<{ event: { time: string } }>({ partition: ['pk', key`OUTBOX`] });
  expect(await relay()).toEqual({ sent: 2 });
  expect(await relay()).toEqual({ sent: 0 });
  const age = now - Date.parse(oldest?.event.time ?? '');
  expect(lines).toEqual([
    expect.objectContaining({ message: 'relay', relays: 1, relayed_events: 2, outbox_age: age, context: 'notes' }),
    expect.objectContaining({ message: 'relay', relays: 1, relayed_events: 0 }),
  ]);
  const metricsOf = (line: LogLine | undefined) =>
    (line?._aws as { CloudWatchMetrics: unknown } | undefined)?.CloudWatchMetrics;
  const ran = { Name: 'relays', Unit: 'Count' };
  expect(metricsOf(lines[0])).toEqual([
    expect.objectContaining({
      Dimensions: [['system']],
      Metrics: [ran, { Name: 'outbox_age', Unit: 'Milliseconds' }],
    }),
  ]);
  expect(metricsOf(lines[1])).toEqual([expect.objectContaining({ Dimensions: [['system']], Metrics: [ran] })]);
});

test('the relay leaves alone for ten seconds what its own request is sending', async () => {
  const event = newEvent();
  await table.write([recordOf(event)]);
  const written = Date.parse(event.event.time);
  const now = jest.spyOn(clock, 'now').mockReturnValue(written + 9_999);
  expect(await outbox.relay()).toBe(0);
  now.mockReturnValue(written + 11_000);
  expect(await outbox.relay()).toBe(1);
});

import { beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createFrom } from '../../tests/support/tables.ts';
import { keyPart } from '../base/key-part.ts';
import { within } from '../base/scope.ts';
import { key } from '../data/key.ts';
import { Table } from '../data/table.ts';
import { absent, alreadyDone, lostUpdate, put } from '../data/write.ts';
import { CloudEvent, cloudEvent } from './cloud-event.ts';
import { apply, commit } from './commit.ts';
import { type OutgoingEvent, pendingOf, recordOf } from './outgoing-event.ts';

const table = new Table('NOTES_TABLE');
const at = (name: string) => ({ pk: key`CHANGE`, sk: key`${keyPart(name)}` });
const stands = async (name: string) => (await table.get(at(name))) !== undefined;
const waiting = async () => (await table.queryAll({ partition: ['pk', key`OUTBOX`] })).length;

const sent: string[][] = [];
const sender = (name: string) => ({
  send: async (events: readonly OutgoingEvent[]) =>
    void sent.push([name, ...events.map(({ event }) => event.subject ?? '')]),
});
const first = sender('first');
const second = sender('second');
const event = (subject: string, outbox = first): OutgoingEvent => ({
  event: cloudEvent('/a', 'b', subject, {}),
  outbox,
});

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
});
beforeEach(() => {
  sent.length = 0;
});

describe('a change', () => {
  test('is written with what it tells, which is then sent, each by its own outbox', async () => {
    const before = await waiting();
    await apply(table, { writes: [put(at('told'))], events: [event('1'), event('2', second), event('3')] });
    expect([await stands('told'), await waiting()]).toEqual([true, before + 3]);
    expect(sent).toEqual([
      ['first', '1', '3'],
      ['second', '2'],
    ]);
  });

  test('of nothing asks nothing of the table, and tells nothing', async () => {
    const write = jest.spyOn(Table.prototype, 'write');
    await apply(table, {});
    expect([write.mock.calls, sent]).toEqual([[], []]);
    write.mockRestore();
  });

  test('that stands already writes only what comes first, and tells nothing', async () => {
    await table.write([put(at('done'))]);
    const change = { writes: [put(at('done'), absent(alreadyDone)), put(at('never'))], events: [event('1')] };
    await apply(table, change, [put(at('before'))]);
    expect([await stands('before'), await stands('never'), sent]).toEqual([true, false, []]);
  });

  test('that is refused tells nothing', async () => {
    await table.write([put(at('taken'))]);
    const no = () => new Error('taken');
    await expect(apply(table, { writes: [put(at('taken'), absent(no))], events: [event('1')] })).rejects.toThrow(
      'taken',
    );
    expect(sent).toEqual([]);
  });

  test('is decided anew where somebody else was faster, and what comes first is asked of the change that is made', async () => {
    await table.write([put(at('slow-1'))]);
    let tries = 0;
    const change = await commit(
      table,
      () => {
        tries += 1;
        return { writes: [put(at(`slow-${tries}`), absent(lostUpdate))], tries };
      },
      (decided) => [put(at(`first-of-${decided.tries}`))],
    );
    expect(change.tries).toBe(2);
    expect([await stands('slow-2'), await stands('first-of-2'), await stands('first-of-1')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('an event', () => {
  test('says who tells what of whom, when, and under which request', () => {
    const made = within({ requestId: 'request-42', language: 'fr' }, () =>
      cloudEvent('/campus/a', 'campus.b.done', '7', { c: 1 }),
    );
    expect(made).toEqual({
      specversion: '1.0',
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      source: '/campus/a',
      type: 'campus.b.done',
      subject: '7',
      time: expect.stringMatching(/Z$/),
      datacontenttype: 'application/json',
      requestid: 'request-42',
      data: { c: 1 },
    });
    expect(CloudEvent.parse(made)).toEqual(made);
    expect(cloudEvent('/a', 'b', '1', {}).requestid).toBeUndefined();
  });

  test.each([
    ['id', 128],
    ['type', 128],
    ['source', 256],
    ['subject', 256],
  ])('has a %s of %i characters at most', (field, most) => {
    const of = (length: number) => ({ ...cloudEvent('/a', 'b', '1', {}), [field]: 'x'.repeat(length) });
    expect([CloudEvent.safeParse(of(most)).success, CloudEvent.safeParse(of(most + 1)).success]).toEqual([true, false]);
    if (field !== 'subject') expect(CloudEvent.safeParse(of(0)).success).toBe(false);
  });

  test.each([{ specversion: '0.3' }, { datacontenttype: 'text/plain' }, { time: 'now' }])(
    'is none of ours with %j',
    (more) => {
      expect(CloudEvent.safeParse({ ...cloudEvent('/a', 'b', '1', {}), ...more }).success).toBe(false);
    },
  );

  test('waits under its id, with its delay where it has one', () => {
    const one = event('1');
    expect(pendingOf(one)).toEqual({ pk: 'OUTBOX', sk: one.event.id, event: one.event });
    expect(pendingOf({ ...one, delaySeconds: 0 })).toMatchObject({ delaySeconds: 0 });
    expect(recordOf(one)).toMatchObject({ kind: 'put', item: pendingOf(one), condition: undefined });
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Context, SQSEvent } from 'aws-lambda';
import { keyPart } from '../../platform/base/key-part.ts';
import { dynamo } from '../../platform/data/client.ts';
import { key as keyText } from '../../platform/data/key.ts';
import { put } from '../../platform/data/write.ts';
import { cloudEvent } from '../../platform/events/cloud-event.ts';
import { admin, call, student } from '../../tests/support/call.ts';
import { type PeerStub, startPeer } from '../../tests/support/peer.ts';
import { knowPerson } from '../../tests/support/persons.ts';
import { commandsDuring } from '../../tests/support/requests.ts';
import { createContext } from '../../tests/support/tables.ts';
import { handler } from './health.ts';
import { handler as onPersonEvent } from './on-person-event.ts';
import { table } from './table.ts';

let persons: PeerStub;

beforeAll(async () => {
  await createContext('health');
  persons = await startPeer();
});
afterAll(() => persons.stop());

const event = (id: unknown) => cloudEvent('/campus/persons', 'campus.person.deleted', String(id), { id });
const deliver = async (...bodies: unknown[]): Promise<string[]> => {
  const Records = bodies.map((body, i) => ({ messageId: `m${i}`, body: JSON.stringify(body) }));
  const { batchItemFailures } = await onPersonEvent({ Records } as unknown as SQSEvent, {} as Context);
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};
const add = (id: number, headers = {}) =>
  call(handler, `POST /health/${id}`, { as: student('victor'), body: { weight: 70 }, headers });
const itemsOf = (id: number) => table.queryAll<Record<string, unknown>>({ partition: ['pk', keyText`PERSON#${id}`] });
const accessesOf = (id: number) => table.queryAll({ partition: ['pk', keyText`ACCESS#${id}`] });

/** What is left of an erased person: a stone without a value. */
const expectErased = async (id: number) =>
  expect(await itemsOf(id)).toEqual([expect.objectContaining({ sk: 'RECORD', erased: true, readings: {} })]);

/** Lets `meanwhile` happen just before the next command of this name. */
function before(command: string, meanwhile: () => Promise<unknown>): void {
  dynamo.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName === command) {
        dynamo.middlewareStack.remove('meanwhile');
        await meanwhile();
      }
      return next(args);
    },
    { step: 'initialize', name: 'meanwhile' },
  );
}

async function longHistory(id: number, length: number): Promise<void> {
  for (let i = 0; i < length; i += 1)
    await table.write([
      put({ pk: keyText`PERSON#${id}`, sk: keyText`MEASURED#2026-01-01#${i}`, id: `${i}`, version: 1, copies: [] }),
    ]);
}

describe('a person who was deleted', () => {
  test('leaves no measurement, no history and no remembered answer; the traces stay as evidence', async () => {
    const id = knowPerson(persons, 'victor');
    const key = `erase-${id}`;
    await add(id, { 'Idempotency-Key': key });
    await add(id);
    expect(await deliver(event(id))).toEqual([]);
    await expectErased(id);
    const remembered = keyText`IDEMPOTENCY#user:victor#${keyPart(key)}`;
    expect(await table.get({ pk: remembered, sk: remembered })).toBeUndefined();
    expect(await accessesOf(id)).toHaveLength(2);
  });

  test('is erased once, however often and late the message comes, one bad message apart', async () => {
    const id = knowPerson(persons, 'victor');
    await add(id);
    const gone = event(id);
    expect(await deliver(gone, gone, event('junk'), gone)).toEqual(['m2']);
    expect(await deliver(gone)).toEqual([]);
    await expectErased(id);
  });

  test('who never had data gets none', async () => {
    const id = knowPerson(persons, 'victor');
    await deliver(event(id));
    expect(await add(id)).toMatchObject({ status: 404, body: { code: 'person_not_found' } });
    await expectErased(id);
  });

  test.each([
    ['the first', false],
    ['another', true],
  ])('is not survived by %s measurement that had passed the check before', async (_, measured) => {
    const id = knowPerson(persons, 'victor');
    if (measured) await add(id);
    before('TransactWriteItemsCommand', () => deliver(event(id)));
    expect(await add(id)).toMatchObject({ status: 404, body: { code: 'person_not_found' } });
    await expectErased(id);
  });

  test('is not survived by any of many measurements that arrive meanwhile', async () => {
    const id = knowPerson(persons, 'victor');
    await add(id);
    const adding = Array.from({ length: 20 }, () => add(id));
    await deliver(event(id));
    const statuses = (await Promise.all(adding)).map(({ status }) => status);
    expect(statuses.filter((status) => status !== 201 && status !== 404)).toEqual([]);
    await expectErased(id);
  });

  test('is erased in batches, and a message that failed half-way is done by the next', async () => {
    const id = knowPerson(persons, 'victor');
    await longHistory(id, 600);
    let batches = 0;
    dynamo.middlewareStack.add(
      (next, context) => (args) => {
        if (context.commandName === 'BatchWriteItemCommand') batches += 1;
        return batches === 4 ? Promise.reject(new Error('down')) : next(args);
      },
      { step: 'initialize', name: 'down' },
    );
    expect(await deliver(event(id))).toEqual(['m0']);
    dynamo.middlewareStack.remove('down');
    expect((await itemsOf(id)).length).toBeGreaterThan(1);
    const commands = await commandsDuring(dynamo, () => deliver(event(id)));
    expect(commands.filter((name) => name === 'BatchWriteItemCommand')).toHaveLength(21);
    await expectErased(id);
  });
});

describe('deleting health data', () => {
  const clear = (id: number) => call(handler, `DELETE /health/${id}`, { as: admin });

  test('removes current values and history, and may be repeated', async () => {
    const id = knowPerson(persons, 'victor');
    await add(id, { 'Idempotency-Key': `clear-${id}` });
    for (const _ of [1, 2]) expect((await clear(id)).status).toBe(204);
    expect((await call(handler, `GET /health/${id}`, { as: admin })).status).toBe(404);
    expect((await call(handler, `GET /health/${id}/history`, { as: admin })).body).toEqual([]);
    expect(await itemsOf(id)).toEqual([expect.objectContaining({ sk: 'RECORD', readings: {} })]);
  });

  test('spares a measurement that arrives meanwhile: current values and history keep it alike', async () => {
    const id = knowPerson(persons, 'victor');
    await add(id);
    before('QueryCommand', () => add(id, { 'Idempotency-Key': `spared-${id}` }));
    expect((await clear(id)).status).toBe(204);
    expect((await call(handler, `GET /health/${id}`, { as: admin })).body).toMatchObject({ weight: 70 });
    expect((await call(handler, `GET /health/${id}/history`, { as: admin })).body).toHaveLength(1);
  });
});

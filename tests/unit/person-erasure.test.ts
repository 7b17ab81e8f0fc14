import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Context, SQSEvent } from 'aws-lambda';
import { handler as health } from '../../functions/health/health.ts';
import { handler as onPersonEvent } from '../../functions/health/on-person-event.ts';
import { handler as persons } from '../../functions/persons/persons.ts';
import { key } from '../../platform/data/key.ts';
import { Table } from '../../platform/data/table.ts';
import { sqs } from '../../platform/events/queue.ts';
import { admin, call } from '../support/call.ts';
import { type PeerStub, startPeer } from '../support/peer.ts';
import { createContext } from '../support/tables.ts';

const table = new Table('HEALTH_TABLE');
let stub: PeerStub;

beforeAll(async () => {
  await createContext('persons', 'health');
  stub = await startPeer();
  stub.behave((request, response) => {
    void call(persons, `GET ${request.url}`, { as: admin }).then(({ status, headers, body }) =>
      response.writeHead(status, headers).end(JSON.stringify(body)),
    );
  });
});
afterAll(() => stub.stop());

/** The messages that wait in the queue of health, as Lambda would hand them over. */
async function waiting(): Promise<SQSEvent> {
  const QueueUrl = process.env.PERSON_EVENTS_QUEUE_URL;
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  return { Records: Messages.map(({ MessageId, Body }) => ({ messageId: MessageId, body: Body })) } as SQSEvent;
}

test('what persons says when a person is deleted, health understands, and erases', async () => {
  const { body: person } = await call(persons, 'POST /persons', { as: admin, body: { name: 'Ada' } });
  const added = await call(health, `POST /health/${person.id}`, { as: admin, body: { weight: 70 } });
  expect(added.status).toBe(201);
  await call(persons, `DELETE /persons/${person.id}`, { as: admin });
  const event = await waiting();
  expect(event.Records).toHaveLength(1);
  expect(await onPersonEvent(event, {} as Context)).toEqual({ batchItemFailures: [] });
  const left = await table.queryAll<object>({ partition: ['pk', key`PERSON#${person.id}`] });
  expect(left).toEqual([expect.objectContaining({ erased: true, readings: {} })]);
});

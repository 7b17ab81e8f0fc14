import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from '@jest/globals';
import type { HttpHandler } from '../../platform/http/endpoint.ts';
import { type Context, readContexts, routesOf, sourceOf } from '../../project/contexts.ts';
import { deadLetterQueueOf } from '../../project/dead-letter-queue.ts';
import { referred } from '../../project/template.ts';
import { load } from '../../tools/openapi/operations.ts';
import { admin, call } from '../support/call.ts';
import { createContext } from '../support/tables.ts';

const sqs = new SQSClient();

/** The names of the queues that the consumers of a context are handed messages from. */
const consumed = ({ lambdas, resources }: Context): string[] =>
  lambdas
    .flatMap(({ events = [] }) => events.flatMap(({ sqs: queue }) => referred(queue?.arn) ?? []))
    .map((id) => String(resources[id]?.Properties?.QueueName).replace(/^.*\}/, ''));

const consuming = readContexts().filter((context) => consumed(context).length > 0);

async function handlerOf({ file, lambdas, name }: Context): Promise<HttpHandler> {
  const lambda = lambdas.find((one) => routesOf(one).some(({ route }) => route === `GET /dead-letters/${name}`));
  if (!lambda) throw new Error(`${file} has a consumer and no dead letters: see platform/http/dead-letters.ts`);
  return ((await load(sourceOf(lambda))) as { handler: HttpHandler }).handler;
}

test('the contexts that have a consumer are found', () => {
  expect(consuming.map(({ name }) => name)).toEqual(['auth', 'grades', 'health', 'orders', 'registration']);
});

test.each(consuming)('$name shows admins what its consumer gave up on, and has it tried again', async (context) => {
  const environment = await createContext(context.name);
  const handler = await handlerOf(context);
  const inbox = environment[`${context.name.toUpperCase()}_INBOX`] ?? '';
  expect(consumed(context).filter((name) => !inbox.endsWith(name))).toEqual([]);
  const QueueUrl = await deadLetterQueueOf(sqs, inbox);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: `poison of ${context.name}` }));
  // Sent before, to the millisecond: what comes back meanwhile is left.
  const began = Date.now();
  while (Date.now() === began);
  const { body } = await call(handler, `GET /dead-letters/${context.name}`, { as: admin });
  expect(body).toMatchObject({ context: context.name, waiting: 1, letters: [{ event: null }] });
  const again = await call(handler, `POST /dead-letters/${context.name}/redrive`, { as: admin });
  expect(again.body).toEqual({ redriven: 1, waiting: 0 });
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: inbox }));
  expect(Messages.map(({ Body }) => Body)).toEqual([`poison of ${context.name}`]);
});

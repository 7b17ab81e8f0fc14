import { expect, jest, test } from '@jest/globals';
import type { Context, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { loggedLines } from '../../tests/support/logged.ts';
import { cloudEvent } from './cloud-event.ts';
import { consumer, reaction } from './consumer.ts';

const seen: number[] = [];
const handler = consumer({
  'campus.note.written': reaction(z.object({ id: z.int() }), async ({ id }) => {
    if (id === 13) throw new Error('unlucky');
    seen.push(id);
  }),
});

const batch = (...bodies: string[]): SQSEvent =>
  ({ Records: bodies.map((body, i) => ({ messageId: `m${i}`, body, eventSource: 'aws:sqs' })) }) as unknown as SQSEvent;
const written = (id: unknown, type = 'campus.note.written') =>
  JSON.stringify(cloudEvent('/campus/notes', type, String(id), { id }));

test('every message of a batch stands or falls alone', async () => {
  const poison = ['not json', '{}', written('one'), written(1, 'campus.note.unheard_of'), written(13)];
  const { batchItemFailures } = await handler(batch(written(1), ...poison, written(2)), {} as Context);
  expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort()).toEqual(['m1', 'm2', 'm3', 'm4', 'm5']);
  expect(seen.sort()).toEqual([1, 2]);
});

test('a batch of nothing but poison reports every message, so that each reaches the dead-letter queue', async () => {
  const { batchItemFailures } = await handler(batch('x', 'y'), {} as Context);
  expect(batchItemFailures).toEqual([{ itemIdentifier: 'm0' }, { itemIdentifier: 'm1' }]);
});

test('a failure is logged under the request that caused the event', async () => {
  process.env.CAMPUS_CONTEXT = 'notes';
  const lines = loggedLines();
  const event = { ...cloudEvent('/campus/notes', 'campus.note.written', '13', { id: 13 }), requestid: 'request-42' };
  await handler(batch(JSON.stringify(event)), {} as Context);
  jest.restoreAllMocks();
  expect(lines).toEqual([
    expect.objectContaining({ message: 'event failed', request_id: 'request-42', message_id: 'm0' }),
  ]);
});

import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Context, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { intervening, sdkError } from '../../tests/support/faults.ts';
import { type LogLine, loggedLines } from '../../tests/support/logged.ts';
import { createFrom } from '../../tests/support/tables.ts';
import { currentScope } from '../base/scope.ts';
import { cloudEvent } from './cloud-event.ts';
import { consumer, reaction } from './consumer.ts';
import { Queue, sqs } from './queue.ts';

let lines: LogLine[];

beforeEach(() => {
  lines = loggedLines();
});
afterEach(() => {
  jest.restoreAllMocks();
});

const batch = (...bodies: string[]): SQSEvent =>
  ({ Records: bodies.map((body, i) => ({ messageId: `m${i}`, body, eventSource: 'aws:sqs' })) }) as unknown as SQSEvent;

describe('a consumer', () => {
  const seen: unknown[] = [];
  const reactions = {
    'campus.note.written': reaction(z.object({ id: z.int() }), async ({ id }, { subject }) => {
      if (id === 13) throw new Error('unlucky');
      seen.push([id, subject, currentScope()?.requestId, currentScope()?.service]);
    }),
  };
  const handler = consumer(reactions);
  const written = (data: unknown, type = 'campus.note.written') => ({
    ...cloudEvent('/campus/notes', type, '7', data),
    requestid: 'request-42',
  });

  test('tells of each event that it handled, under the request that caused it', async () => {
    const event = written({ id: 1 });
    expect(await handler(batch(JSON.stringify(event)), {} as Context)).toEqual({ batchItemFailures: [] });
    expect(lines).toEqual([
      expect.objectContaining({
        level: 'INFO',
        message: 'event handled',
        event_id: event.id,
        event_type: 'campus.note.written',
        request_id: 'request-42',
      }),
    ]);
    expect(seen).toEqual([[1, '7', 'request-42', undefined]]);
    expect(handler.reactions).toBe(reactions);
  });

  test.each([
    [
      'an event that nobody knows',
      () => JSON.stringify(written({ id: 1 }, 'campus.note.unheard_of')),
      'No reaction to campus.note.unheard_of',
    ],
    ['an event that cannot be handled', () => JSON.stringify(written({ id: 13 })), 'unlucky'],
  ])('tells why it failed on %s', async (_, body, message) => {
    await handler(batch(body()), {} as Context);
    expect(lines).toEqual([
      expect.objectContaining({
        level: 'ERROR',
        message: 'event failed',
        message_id: 'm0',
        request_id: 'request-42',
        error: expect.objectContaining({ message }),
      }),
    ]);
  });

  test('tells of what is no event under the id of the message', async () => {
    await handler(batch('not json'), {} as Context);
    expect(lines).toEqual([expect.objectContaining({ message: 'event failed', request_id: 'm0', message_id: 'm0' })]);
  });
});

describe('a queue', () => {
  const messages = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `m${i}`, body: `${i}` }));

  test('takes ten messages a call, and says which it accepted', async () => {
    await createFrom(['tests/support/fixtures/notes.yml']);
    const queue = new Queue('NOTES_QUEUE_URL');
    let calls = 0;
    const counting = (_: string, proceed: () => Promise<unknown>) => {
      calls += 1;
      return proceed();
    };
    const accepted = await intervening(sqs, counting, () => queue.send(messages(21)));
    expect([calls, accepted]).toEqual([3, messages(21).map(({ id }) => id)]);
    expect(lines).toEqual([]);
  });

  test('that refuses some tells the log which and why, and of the others that they were accepted', async () => {
    await createFrom(['tests/support/fixtures/notes.yml']);
    const refusing = async (_: string, proceed: () => Promise<unknown>) => {
      const answer = (await proceed()) as { output: { Successful: { Id: string }[] } };
      const Successful = answer.output.Successful.filter(({ Id }) => Id === 'm0');
      const Failed = [{ Id: 'm1', Code: 'TooLarge', Message: 'secret' }];
      return { ...answer, output: { ...answer.output, Successful, Failed } };
    };
    expect(await intervening(sqs, refusing, () => new Queue('NOTES_QUEUE_URL').send(messages(2)))).toEqual(['m0']);
    expect(lines).toEqual([
      expect.objectContaining({
        level: 'ERROR',
        message: 'messages refused',
        refused: [{ Id: 'm1', Code: 'TooLarge' }],
      }),
    ]);
  });

  test('that cannot be reached, or that nobody set, fails', async () => {
    const down = () => Promise.reject(sdkError('AccessDenied'));
    await expect(intervening(sqs, down, () => new Queue('NOTES_QUEUE_URL').send(messages(1)))).rejects.toThrow(
      'AccessDenied',
    );
    await expect(new Queue('NO_QUEUE_URL').send(messages(1))).rejects.toThrow('NO_QUEUE_URL is not set');
    await expect(new Queue('NO_QUEUE_URL').send([])).resolves.toEqual([]);
  });
});

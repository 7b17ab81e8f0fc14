import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { admin, call, teacher } from '../../tests/support/call.ts';
import { commandsOf, failing, intervening, sdkError } from '../../tests/support/faults.ts';
import { createFrom } from '../../tests/support/tables.ts';
import { clock } from '../base/clock.ts';
import { cloudEvent } from '../events/cloud-event.ts';
import { sqs } from '../events/queue.ts';
import { deadLettersOf } from './dead-letters.ts';
import { endpoint } from './endpoint.ts';

const { show, redrive } = deadLettersOf('notes');
const handler = endpoint(show, redrive);
const FORTNIGHT_MS = 14 * 86_400_000;

const inbox = () => process.env.NOTES_INBOX ?? '';
const deadLetters = () => process.env.NOTES_DEAD_LETTERS ?? '';

beforeEach(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
});

afterEach(() => {
  jest.restoreAllMocks();
});

const bury = (body: string, attributes = {}) =>
  sqs.send(new SendMessageCommand({ QueueUrl: deadLetters(), MessageBody: body, MessageAttributes: attributes }));

async function buryAll(count: number): Promise<string[]> {
  const bodies = Array.from({ length: count }, (_, i) => `poison ${i}`);
  await Promise.all(bodies.map((body) => bury(body)));
  nextMillisecond();
  return bodies.sort();
}

/** What comes back while letters are sent again is left: so these have to be older, if only by a millisecond. */
function nextMillisecond(): void {
  const now = Date.now();
  while (Date.now() === now);
}

async function arrived(): Promise<string[]> {
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: inbox(), MaxNumberOfMessages: 10, VisibilityTimeout: 60 }),
    );
    if (Messages.length === 0) return bodies.sort();
    bodies.push(...Messages.map(({ Body }) => Body ?? ''));
  }
}

const look = async () => (await call(handler, 'GET /dead-letters/notes', { as: admin })).body;
const tryAgain = () => call(handler, 'POST /dead-letters/notes/redrive', { as: admin });

describe('who looks at dead letters', () => {
  test('sees of each when it was sent, until when it is kept, and what it was about, and nothing of what it said', async () => {
    const event = { ...cloudEvent('/campus/notes', 'campus.note.written', '7', { secret: 'Awa' }), requestid: 'r-42' };
    await bury(JSON.stringify(event));
    nextMillisecond();
    await bury('{"secret":"Awa"}');
    const body = await look();
    expect(body).toMatchObject({ context: 'notes', waiting: 2 });
    expect(body.letters.map((letter: { event: unknown }) => letter.event)).toEqual([
      { type: 'campus.note.written', subject: '7', request_id: 'r-42' },
      null,
    ]);
    for (const { sent_at, expires_at } of body.letters)
      expect(Date.parse(expires_at) - Date.parse(sent_at)).toBe(FORTNIGHT_MS);
    expect(JSON.stringify(body)).not.toContain('Awa');
  });

  test('sees ten at most and how many there are, as often as they look, two at once too', async () => {
    await buryAll(13);
    for (const [one, other] of [await Promise.all([look(), look()]), await Promise.all([look(), look()])])
      for (const body of [one, other]) {
        expect(body.waiting).toBe(13);
        expect(new Set(body.letters.map(({ id }: { id: string }) => id)).size).toBe(10);
      }
  });

  test('is in nobody’s way: all can be sent again at once', async () => {
    const bodies = await buryAll(3);
    await look();
    expect((await tryAgain()).body).toEqual({ redriven: 3, waiting: 0 });
    expect(await arrived()).toEqual(bodies);
  });

  test('asks for none where there is none', async () => {
    const commands = await commandsOf(sqs, async () => {
      expect(await look()).toEqual({ context: 'notes', waiting: 0, letters: [] });
    });
    expect(commands).toEqual(['GetQueueAttributes']);
  });
});

describe('what is sent again', () => {
  test('is all that waits, each once', async () => {
    const bodies = await buryAll(23);
    expect((await tryAgain()).body).toEqual({ redriven: 23, waiting: 0 });
    expect(await arrived()).toEqual(bodies);
    expect((await tryAgain()).body).toEqual({ redriven: 0, waiting: 0 });
  });

  test('is not lost where the queue takes some of it only', async () => {
    const bodies = await buryAll(3);
    const refusing = async (command: string, proceed: () => Promise<unknown>) => {
      if (command !== 'SendMessageBatch') return proceed();
      return { output: { Successful: [], Failed: [{ Id: '0', Code: 'x', SenderFault: false }], $metadata: {} } };
    };
    await intervening(sqs, refusing, async () => {
      expect((await tryAgain()).body).toEqual({ redriven: 0, waiting: 3 });
    });
    expect(await arrived()).toEqual([]);
    expect((await look()).waiting).toBe(bodies.length);
  });

  test('is not lost where it cannot be taken away: it lies in both queues', async () => {
    const bodies = await buryAll(2);
    const down = failing(() => sdkError('AccessDenied'), 'DeleteMessageBatch');
    const { status } = await intervening(sqs, down, tryAgain);
    expect(status).toBe(500);
    expect(await arrived()).toEqual(bodies);
    expect((await look()).waiting).toBe(2);
  });

  test('is what fits into some seconds; the answer says how many are left', async () => {
    await buryAll(25);
    let late = 0;
    jest.spyOn(clock, 'now').mockImplementation(() => Date.now() + late);
    const slowly = async (command: string, proceed: () => Promise<unknown>) => {
      if (command === 'DeleteMessageBatch') late = 60_000;
      return proceed();
    };
    expect((await intervening(sqs, slowly, tryAgain)).body).toEqual({ redriven: 10, waiting: 15 });
    expect(await arrived()).toHaveLength(10);
  });
});

test('only admins see them and send them again', async () => {
  await buryAll(1);
  for (const request of ['GET /dead-letters/notes', 'POST /dead-letters/notes/redrive'])
    expect((await call(handler, request, { as: teacher })).status).toBe(403);
  expect((await look()).waiting).toBe(1);
});

import * as z from 'zod';
import { clock } from '../base/clock.ts';
import { required } from '../base/env.ts';
import { log } from '../base/log.ts';
import { CloudEvent } from '../events/cloud-event.ts';
import { type DeadLetter, peek, type QueuePair, redrive, type Waiting, waitingIn } from '../events/dead-letters.ts';
import { sqs } from '../events/queue.ts';
import { allow } from './access.ts';
import { ok } from './answer.ts';
import { type Operation, operation } from './operation.ts';

/** After that long no further letters are sent: the answer has to leave before its function is cut off. */
const ENOUGH_MS = 4_000;

/** A message that a consumer gave up on: what it was about, and nothing of what it said. */
const Letter = z.object({
  id: z.string().meta({ description: 'The message, as the log calls it (`message_id`).' }),
  sent_at: z.iso.datetime(),
  expires_at: z.iso.datetime().meta({ description: 'When SQS lets go of it.' }),
  event: z
    .object({
      type: z.string(),
      subject: z.string().optional().meta({ description: 'The id of what it happened to.' }),
      request_id: z.string().optional().meta({ description: 'The request that caused it, as the log calls it.' }),
    })
    .nullable()
    .meta({ description: '`null` where it is no event that anybody could read.' }),
});

const DeadLetters = z.object({
  context: z.string(),
  waiting: z.int().meta({ description: 'How many there are; SQS counts approximately.' }),
  letters: z.array(Letter).meta({ description: 'The oldest that were found, ten at most.' }),
});

const Redriven = z.object({
  redriven: z.int().meta({ description: 'How many were sent again.' }),
  waiting: z.int().meta({ description: 'How many are left.' }),
});

/** What a body tells of the event that it is; null where it is none. */
function eventIn(body: string): z.input<typeof Letter>['event'] {
  try {
    const { type, subject, requestid } = CloudEvent.parse(JSON.parse(body));
    return { type, subject, request_id: requestid };
  } catch {
    return null;
  }
}

const letterOf = ({ id, sentAt, body }: DeadLetter, { keptSeconds }: Waiting): z.input<typeof Letter> => ({
  id,
  sent_at: sentAt.toISOString(),
  expires_at: new Date(sentAt.getTime() + keptSeconds * 1000).toISOString(),
  event: eventIn(body),
});

/** The queues of a context, as its environment names them. */
const queuesOf = (context: string): QueuePair => ({
  main: required(`${context.toUpperCase()}_INBOX`),
  deadLetters: required(`${context.toUpperCase()}_DEAD_LETTERS`),
});

/**
 * The operations by which a context shows admins what its consumer gave up on, and takes it up again. Its environment
 * names both queues: `<CONTEXT>_INBOX` and `<CONTEXT>_DEAD_LETTERS`.
 */
export function deadLettersOf(context: string): { readonly show: Operation; readonly redrive: Operation } {
  const access = allow('admin');
  return {
    show: operation({
      route: `GET /dead-letters/${context}`,
      summary: `What ${context} could not handle`,
      description:
        'Messages that failed five times. They lie where they are for a fortnight after they were sent; looking at them moves and hides none. Why one failed the log tells, under its `id`.',
      access,
      answers: { 200: DeadLetters },
      async handle() {
        const { deadLetters } = queuesOf(context);
        const waiting = await waitingIn(sqs, deadLetters);
        const letters = waiting.count === 0 ? [] : await peek(sqs, deadLetters);
        return ok({ context, waiting: waiting.count, letters: letters.map((letter) => letterOf(letter, waiting)) });
      },
    }),
    redrive: operation({
      route: `POST /dead-letters/${context}/redrive`,
      summary: `Has ${context} try again what it could not handle`,
      description:
        'Sends the letters to their queue once more, for some seconds: where many are `waiting` still, ask again. Each is taken away only after it was sent, so that none is lost; one may be sent twice, which does nothing twice.',
      access,
      answers: { 200: Redriven },
      async handle() {
        const queues = queuesOf(context);
        const redriven = await redrive(sqs, queues, clock.now() + ENOUGH_MS);
        log.info('dead letters redriven', { redriven });
        return ok({ redriven, waiting: (await waitingIn(sqs, queues.deadLetters)).count });
      },
    }),
  };
}

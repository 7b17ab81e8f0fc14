import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Context, SQSEvent } from 'aws-lambda';
import { handler as marks } from '../../functions/grades/marks.ts';
import { handler } from '../../functions/grades/on-student-event.ts';
import { type Poller, startPoller } from '../../localstack/events/poller.ts';
import { dynamo } from '../../platform/data/client.ts';
import { type QueuePair, redrive } from '../../platform/events/dead-letters.ts';
import { until } from '../../project/until.ts';
import { findQueues, listDeadLetters } from '../../tools/dead-letters.ts';
import { admin, call, teacher } from '../support/call.ts';
import { told } from '../support/deliver.ts';
import { createContext } from '../support/tables.ts';

const sqs = new SQSClient({});
let queues: QueuePair;
let poller: Poller;
let databaseIsDown = false;
const attempts = new Map<string, number>();

beforeAll(async () => {
  const { GRADES_TABLE = '' } = await createContext('grades');
  queues = await findQueues(sqs, GRADES_TABLE.replace(/-grades$/, ''), 'StudentEvents');
  dynamo.middlewareStack.add(
    (next) => async (args) => {
      if (databaseIsDown) throw new Error('the database is down');
      return next(args);
    },
    { step: 'initialize', name: 'outage' },
  );
  poller = startPoller(sqs, {
    functionName: 'onStudentEvent',
    queueUrl: queues.main,
    queueArn: 'arn:aws:sqs:eu-west-3:000000000000:student-events',
    batchSize: 10,
    reportsItemFailures: true,
    invoke: (event: SQSEvent) => {
      for (const { messageId } of event.Records) attempts.set(messageId, (attempts.get(messageId) ?? 0) + 1);
      return handler(event, {} as Context);
    },
  });
});

afterAll(async () => {
  await poller.stop();
  sqs.destroy();
});

const send = (body: string) => sqs.send(new SendMessageCommand({ QueueUrl: queues.main, MessageBody: body }));
const read = (id: number) => call(marks, `GET /get_grades/${id}`, { as: teacher });

async function deadLetters(): Promise<number> {
  const AttributeNames = ['ApproximateNumberOfMessages' as const];
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queues.deadLetters, AttributeNames }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages);
}

test('what fails five times is put aside, can be looked at, and sent again; marks are intact', async () => {
  await call(marks, 'POST /init_student', { as: admin, body: { id: 1, name: 'Diop Awa' } });
  await call(marks, 'POST /add_grade/1', { as: teacher, body: { grade: 12 } });

  databaseIsDown = true;
  const event = told('campus.student.changed', { id: 1, name: 'Awa Diop', version: 3 });
  const bodies = [JSON.stringify(event), ...Array.from({ length: 12 }, (_, i) => `poison ${i}`)];
  await Promise.all(bodies.map(send));
  await until(async () => (await deadLetters()) === bodies.length);
  databaseIsDown = false;
  expect([...attempts.values()]).toEqual(bodies.map(() => 5));

  const listed = await listDeadLetters(sqs, queues);
  expect(listed.map(({ body }) => body).sort()).toEqual(bodies.toSorted());
  expect(await listDeadLetters(sqs, queues)).toHaveLength(bodies.length);

  expect(await redrive(sqs, queues)).toBe(bodies.length);
  await until(async () => (await read(1)).body.name === 'Awa Diop');
  expect((await read(1)).body.grades).toEqual([12]);
});

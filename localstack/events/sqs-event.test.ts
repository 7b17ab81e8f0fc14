import { describe, expect, test } from '@jest/globals';
import { failedMessages, toSqsEvent } from './sqs-event.ts';

const event = toSqsEvent(
  ['a', 'b', 'c'].map((MessageId) => ({ MessageId })),
  'arn:aws:sqs:eu-west-3:000000000000:queue',
);
const failing = (...ids: unknown[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });
const all = ['a', 'b', 'c'];

describe('the messages that a function did not handle, as Lambda reads its answer', () => {
  test.each([
    ['names two of them', failing('a', 'c'), ['a', 'c']],
    ['names all of them', failing(...all), all],
    ['names none', failing(), []],
    ['is empty', {}, []],
    ['is null', null, []],
    ['is nothing', undefined, []],
  ])('where it %s', (_, answer, failed) => {
    expect([...failedMessages(event, answer)]).toEqual(failed);
  });

  test.each([
    ['one that was not in the batch', failing('a', 'stranger')],
    ['an empty one', failing('')],
    ['a missing one', failing(undefined)],
    ['null', { batchItemFailures: [null] }],
    ['no list', { batchItemFailures: 'a' }],
  ])('are all of them where it names %s', (_, answer) => {
    expect([...failedMessages(event, answer)]).toEqual(all);
  });
});

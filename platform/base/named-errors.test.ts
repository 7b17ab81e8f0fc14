import { expect, test } from '@jest/globals';
import { AwsRefusal } from '../aws/call.ts';
import { AlreadyDone, alreadyDone, LostUpdate, lostUpdate } from '../data/write.ts';
import { AlreadyAnswered } from '../http/idempotency.ts';
import { Problem, type ProblemKind } from './problem.ts';

const kind: ProblemKind = { status: 409, title: { fr: 'Non', en: 'No' }, retryAfter: 7 };

test.each([
  [lostUpdate(), LostUpdate, 'LostUpdate', 'lost_update'],
  [alreadyDone(), AlreadyDone, 'AlreadyDone', 'already_done'],
  [new AlreadyAnswered(), AlreadyAnswered, 'AlreadyAnswered', 'already_answered'],
  [new AwsRefusal('ThrottlingException', 400), AwsRefusal, 'ThrottlingException', 'aws_refusal'],
  [new Problem('no_such_thing', kind), Problem, 'Problem', 'no_such_thing'],
])('an error says in a log which it is, by a name and a code: %s', (error, type, name, code) => {
  expect(error).toBeInstanceOf(type);
  expect({ name: error.name, code: error.code }).toEqual({ name, code });
});

test('a problem knows why it happened, and when it is worth trying again', () => {
  const cause = new Error('deeper');
  expect(new Problem('a', kind, { cause })).toMatchObject({ message: 'a', cause, retryAfter: 7 });
  expect(new Problem('a', kind, { retryAfter: 3 }).retryAfter).toBe(3);
});

test('a problem names twenty invalid fields at most, and tells how many more there are', () => {
  const fields = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ pointer: `#/f${i}`, detail: 'no', code: 'no' }));
  expect(new Problem('a', kind, { errors: fields(20) })).toMatchObject({ errors: fields(20), moreErrors: undefined });
  expect(new Problem('a', kind, { errors: fields(23) })).toMatchObject({ errors: fields(20), moreErrors: 3 });
  expect(new Problem('a', kind)).toMatchObject({ errors: undefined, moreErrors: undefined });
});

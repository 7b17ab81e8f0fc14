import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { sdkError } from '../../../tests/support/faults.ts';
import { type LogLine, loggedLines } from '../../../tests/support/logged.ts';
import { clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { problem } from '../../base/problems.ts';
import { within } from '../../base/scope.ts';
import { observed } from './observe.ts';
import { problemAnswer, problemAnswers } from './problem-answer.ts';

let lines: LogLine[];

beforeEach(() => {
  lines = loggedLines();
});
afterEach(() => {
  jest.restoreAllMocks();
});

const event = {
  httpMethod: 'GET',
  resource: '/students/{id}',
  path: '/students/7',
  headers: {},
  requestContext: { authorizer: { username: 'victor' } },
};
const scope = { requestId: 'request-42', language: 'en', startedAt: 1_000 } as const;

describe('a request', () => {
  const observe = (response?: object, phase: 'after' | 'onError' = 'after') =>
    within(scope, () => observed()[phase]?.({ event, response } as never));

  test.each(['after', 'onError'] as const)(
    'is one line, and no metric, by its route and not its path: %s',
    async (phase) => {
      jest.spyOn(clock, 'now').mockReturnValue(1_250);
      await observe({ statusCode: 201 }, phase);
      expect(lines).toEqual([
        expect.objectContaining({
          message: 'request',
          level: 'INFO',
          request_id: 'request-42',
          route: 'GET /students/{id}',
          status: 201,
          caller: 'victor',
          duration: 250,
        }),
      ]);
      expect(lines[0]).not.toHaveProperty('_aws');
      expect(JSON.stringify(lines)).not.toContain('/students/7');
    },
  );

  test('that nobody answered is a 500, and one that has no scope took no time', async () => {
    await observed().after?.({ event: { ...event, requestContext: {} }, response: undefined } as never);
    expect(lines).toEqual([expect.objectContaining({ status: 500, duration: 0 })]);
    expect(lines[0]).not.toHaveProperty('caller');
  });
});

describe('what was thrown', () => {
  const answerTo = async (error: unknown) => {
    const request = { event, error, response: undefined as undefined | { statusCode: number; body: string } };
    await within(scope, () => problemAnswers().onError?.(request as never));
    return { status: request.response?.statusCode, ...JSON.parse(request.response?.body ?? '{}') };
  };

  test('as a refusal is answered as it says, and is no line in the log', async () => {
    expect(await answerTo(problem.not_found())).toEqual({
      type: '/problems/not_found',
      title: 'Not found',
      status: 404,
      detail: 'There is nothing at this address. See the documentation: /docs.',
      code: 'not_found',
      request_id: 'request-42',
    });
    expect(lines).toEqual([]);
  });

  test('by a DynamoDB that does not keep up is busy, and what it was stands in the log', async () => {
    expect(await answerTo(sdkError('ThrottlingException'))).toMatchObject({ status: 503, code: 'busy' });
    expect(lines).toEqual([
      expect.objectContaining({
        level: 'ERROR',
        message: 'request failed',
        code: 'busy',
        error: expect.objectContaining({ name: 'ThrottlingException' }),
      }),
    ]);
  });

  test('for no reason of ours is a bare 500, and what it was stands in the log', async () => {
    expect(await answerTo(new TypeError('secret'))).toMatchObject({ status: 500, code: 'internal_error' });
    expect(lines).toEqual([
      expect.objectContaining({ error: expect.objectContaining({ name: 'TypeError', message: 'secret' }) }),
    ]);
  });

  test('without a cause stands in the log itself', async () => {
    await answerTo('a text');
    await answerTo(problem.busy());
    expect(lines).toEqual([
      expect.objectContaining({ error: expect.objectContaining({ name: 'Problem', message: 'internal_error' }) }),
      expect.objectContaining({ error: expect.objectContaining({ name: 'Problem', message: 'busy' }) }),
    ]);
  });

  test('is told in French, where nobody said otherwise', async () => {
    const request = { event, error: problem.not_found(), response: undefined as undefined | { body: string } };
    await problemAnswers().onError?.(request as never);
    expect(JSON.parse(request.response?.body ?? '')).toMatchObject({ title: 'Introuvable', request_id: '' });
  });
});

describe('a problem', () => {
  test('names its type and language, and tells whoever is not known how to be', () => {
    expect(problemAnswer(problem.unauthenticated(), 'fr', 'r').headers).toEqual({
      'Content-Type': 'application/problem+json; charset=utf-8',
      'Content-Language': 'fr',
      'WWW-Authenticate': 'Bearer',
    });
    expect(problemAnswer(problem.not_found(), 'en', 'r').headers).toEqual({
      'Content-Type': 'application/problem+json; charset=utf-8',
      'Content-Language': 'en',
    });
  });

  test('says when to come back, now as well as later, and has the headers of its kind', () => {
    expect(problemAnswer(problem.busy({ retryAfter: 0 }), 'fr', 'r').headers).toMatchObject({ 'Retry-After': '0' });
    const kind = { status: 415, title: { fr: 'Non', en: 'No' }, headers: { 'Accept-Encoding': 'identity' } };
    expect(problemAnswer(new Problem('no', kind), 'fr', 'r').headers).toMatchObject({ 'Accept-Encoding': 'identity' });
  });

  test('names the fields that are refused, and how many more', () => {
    const errors = Array.from({ length: 22 }, (_, i) => ({ pointer: `#/f${i}`, detail: 'non', code: 'no' }));
    const body = JSON.parse(problemAnswer(problem.invalid_input({ errors }), 'fr', 'r').body);
    expect([body.errors, body.more_errors]).toEqual([errors.slice(0, 20), 2]);
  });
});

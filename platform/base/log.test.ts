import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { call } from '../../tests/support/call.ts';
import { type LogLine, loggedLines } from '../../tests/support/logged.ts';
import { anyone } from '../http/access.ts';
import { ok } from '../http/answer.ts';
import { endpoint } from '../http/endpoint.ts';
import { operation } from '../http/operation.ts';
import { log } from './log.ts';
import { within } from './scope.ts';

let lines: LogLine[];

beforeEach(() => {
  lines = loggedLines();
});
afterEach(() => {
  jest.restoreAllMocks();
});

test('every line carries its request', () => {
  within({ requestId: 'request-42', language: 'fr' }, () => log.info('hello', { more: 1 }));
  expect(lines).toEqual([expect.objectContaining({ message: 'hello', request_id: 'request-42', more: 1 })]);
});

test('where one process serves several contexts, each line names its own', async () => {
  const hello = operation({
    route: 'GET /hello',
    summary: 'Say hello',
    access: anyone,
    answers: { 200: null },
    handle: async () => ok(undefined),
  });
  const handlers = ['first', 'second'].map((context) => {
    process.env.CAMPUS_CONTEXT = context;
    return endpoint(hello);
  });
  for (const handler of handlers) await call(handler, 'GET /hello');
  expect(lines.map(({ service }) => service)).toEqual(['first', 'second']);
});

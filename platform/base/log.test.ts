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

test('an error is written with where it was thrown, what it says of itself and what caused it', () => {
  const cause = Object.assign(new Error('no route'), { code: 'EHOSTUNREACH', tries: 3n });
  log.error('failed', { error: new TypeError('bad', { cause }), message: 'another', level: 'INFO' });
  expect(lines).toEqual([
    expect.objectContaining({
      level: 'ERROR',
      message: 'failed',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      error: expect.objectContaining({
        name: 'TypeError',
        message: 'bad',
        location: expect.stringMatching(/log\.test\.ts:\d+$/),
        stack: expect.stringContaining('TypeError: bad'),
        cause: expect.objectContaining({ message: 'no route', code: 'EHOSTUNREACH', tries: '3' }),
      }),
    }),
  ]);
});

test('an error that was thrown outside of any function says where, too', () => {
  const stack = 'Error: bad\n    at file:///var/task/index.mjs:7:3\n    at async run (node:internal/run:1:1)';
  log.error('failed', { error: Object.assign(new Error('bad'), { stack }) });
  expect(lines).toEqual([
    expect.objectContaining({ error: expect.objectContaining({ location: 'file:///var/task/index.mjs:7' }) }),
  ]);
});

test('what cannot be written as JSON fails nothing', () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  log.warn('odd', { circle });
  expect(lines).toEqual([
    expect.objectContaining({ level: 'WARN', message: 'odd', unwritable: expect.stringContaining('circular') }),
  ]);
});

test('below the level that is asked for nothing is written', () => {
  process.env.CAMPUS_LOG_LEVEL = 'WARN';
  log.info('unheard');
  log.warn('heard');
  expect(lines.map(({ message }) => message)).toEqual(['heard']);
});

test('in a traced Lambda a line names its trace', () => {
  process.env._X_AMZN_TRACE_ID = 'Root=1-67-abc;Parent=5;Sampled=1';
  log.info('traced');
  delete process.env._X_AMZN_TRACE_ID;
  expect(lines).toEqual([expect.objectContaining({ xray_trace_id: '1-67-abc' })]);
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

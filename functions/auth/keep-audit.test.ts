import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { handler } from './keep-audit.ts';

interface Put {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly logEvents: readonly { readonly timestamp: number; readonly message: string }[];
}

const GROUP = '/campus/prod/audit';
const NOON = Date.parse('2026-11-27T12:00:00Z');
const DAY = 86_400_000;
const environment = { ...process.env };

/** CloudWatch Logs as far as it is asked here: streams of one group, which must be made before lines are put into them. */
let server: Server;
let streams: Map<string, Put['logEvents'][number][]>;
let calls: string[];
let refusals: string[];

/** Does what is asked. @returns why not, where it is refused */
function done(operation: string, { logGroupName, logStreamName, logEvents }: Put): string | undefined {
  calls.push(operation);
  const refusal = refusals.shift();
  if (refusal) return refusal;
  const stream = streams.get(logStreamName);
  if (operation === 'CreateLogStream') {
    if (stream) return 'ResourceAlreadyExistsException';
    streams.set(logStreamName, []);
    return undefined;
  }
  if (!stream || logGroupName !== GROUP) return 'ResourceNotFoundException';
  stream.push(...logEvents);
  return undefined;
}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).replace('Logs_20140328.', '');
    const refusal = done(operation, JSON.parse(await text(request)) as Put);
    response.writeHead(refusal ? 400 : 200).end(JSON.stringify({ __type: refusal }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env.AWS_ENDPOINT_URL_LOGS = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.AUDIT_LOG_GROUP = GROUP;
  // The pauses between tries are drawn by lot: none, here.
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
beforeEach(() => {
  streams = new Map();
  calls = [];
  refusals = [];
});
afterAll(() => {
  jest.restoreAllMocks();
  process.env = environment;
  server.closeAllConnections();
  server.close();
});

const line = (action: string, timestamp = NOON, more: object = {}) => ({
  id: action,
  timestamp,
  message: JSON.stringify({ message: 'audit', action, ...more }),
});

/** What CloudWatch hands on. */
const handedOn = (logEvents: readonly object[], messageType = 'DATA_MESSAGE') => ({
  awslogs: { data: gzipSync(JSON.stringify({ messageType, logEvents })).toString('base64') },
});

const kept = () =>
  Object.fromEntries(
    [...streams].map(([day, lines]) => [
      day,
      lines.map(({ message }) => (JSON.parse(message) as { action: string }).action),
    ]),
  );

test('what the audit trail tells is kept where it was told to be, by days, in the order of its telling', async () => {
  await handler(handedOn([line('third', NOON + DAY), line('second', NOON + 1), line('first')]));
  await handler(handedOn([line('fourth', NOON + DAY + 1)]));

  expect(kept()).toEqual({ '2026-11-27': ['first', 'second'], '2026-11-28': ['third', 'fourth'] });
});

test('a stream that another one makes meanwhile is used', async () => {
  refusals = ['ResourceNotFoundException', 'ResourceAlreadyExistsException'];
  streams.set('2026-11-27', []);

  await handler(handedOn([line('first')]));

  expect(kept()).toEqual({ '2026-11-27': ['first'] });
});

test('more than one call takes is kept in several', async () => {
  const large = 'x'.repeat(250_000);
  const [many, heavy] = [Array.from({ length: 10_001 }, () => line('a')), Array.from({ length: 5 }, () => line(large))];

  await handler(handedOn(many));
  await handler(handedOn(heavy));

  expect(streams.get('2026-11-27')).toHaveLength(10_006);
  expect(calls.filter((call) => call === 'PutLogEvents')).toHaveLength(1 + 2 + 2);
});

test('what could not be kept fails, so that it comes again', async () => {
  refusals = ['AccessDeniedException'];

  await expect(handler(handedOn([line('first')]))).rejects.toThrow('AccessDeniedException');
});

test('what was counted where it was written is not counted again where it is kept', async () => {
  await handler(
    handedOn([line('password.guessing_blocked', NOON, { guessing_blocked: 1, _aws: { Timestamp: NOON } })]),
  );

  const [{ message } = { message: '' }] = streams.get('2026-11-27') ?? [];
  expect(JSON.parse(message)).toEqual({ message: 'audit', action: 'password.guessing_blocked', guessing_blocked: 1 });
});

test('a look whether anybody is there is no line', async () => {
  await handler(handedOn([line('CWL CONTROL MESSAGE: Checking health of destination')], 'CONTROL_MESSAGE'));

  expect(calls).toEqual([]);
});

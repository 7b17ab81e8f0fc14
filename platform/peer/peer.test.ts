import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import * as z from 'zod';
import { until } from '../../project/until.ts';
import {
  FAULTS,
  heldPatience,
  json,
  type PeerStub,
  refuses,
  silent,
  stalls,
  startPeer,
} from '../../tests/support/peer.ts';
import { clock } from '../base/clock.ts';
import { Problem } from '../base/problem.ts';
import { within } from '../base/scope.ts';

import { Peer } from './peer.ts';

const Thing = z.object({ id: z.int() });
const headers = { authorization: 'Bearer abc', cookie: 'secret' };
const ada = json(200, { id: 7 });

let stub: PeerStub;
let peer: Peer;

beforeAll(async () => {
  stub = await startPeer();
});
beforeEach(() => {
  peer = new Peer();
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => stub.stop());

const ask = () => peer.get('/things/7', Thing, headers);

async function refusal(): Promise<Problem> {
  const error = await ask().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Problem);
  return error as Problem;
}

async function expectUnavailable(): Promise<Problem> {
  const problem = await refusal();
  expect(problem).toMatchObject({ code: 'peer_unavailable', kind: { status: 503 } });
  expect(problem.retryAfter).toBeGreaterThanOrEqual(1);
  return problem;
}

test('the caller’s token and the request’s id go along, and nothing else of theirs', async () => {
  stub.behave(ada);
  const thing = await within({ requestId: 'request-42', language: 'fr' }, ask);
  expect(thing).toEqual({ id: 7 });
  expect(stub.requests[0]).toMatchObject({ url: '/things/7', method: 'GET' });
  expect(stub.requests[0]?.headers).toMatchObject({ authorization: 'Bearer abc', 'x-request-id': 'request-42' });
  expect(stub.requests[0]?.headers).not.toHaveProperty('cookie');
});

test('calls one after the other share a connection', async () => {
  stub.behave(ada);
  await ask();
  const before = stub.connections;
  for (let i = 0; i < 20; i += 1) await ask();
  expect(stub.requests).toHaveLength(21);
  expect(stub.connections).toBe(before);
});

test('a 404 of ours means that the thing is missing', async () => {
  stub.behave(refuses(404, 'thing_not_found'));
  await expect(ask()).resolves.toBeUndefined();
});

test('a refusal of the caller is handed on as what it is', async () => {
  stub.behave(json(401, { message: 'Unauthorized' }));
  expect(await refusal()).toMatchObject({ code: 'unauthenticated' });
  stub.behave(refuses(403, 'forbidden'));
  expect(await refusal()).toMatchObject({ code: 'forbidden' });
  stub.behave(json(403, { message: 'Missing Authentication Token' }));
  await expectUnavailable();
});

test.each(Object.entries(FAULTS))('a peer that %s is unavailable, never missing', async (_, fault) => {
  stub.behave(fault);
  await expectUnavailable();
});

test.each([
  ['never answers', silent],
  ['never ends its answer', stalls],
])('a peer that %s is given up after two seconds, without a retry', async (_, fault) => {
  const patience = heldPatience();
  stub.behave(fault);
  const answer = expectUnavailable();
  await until(() => stub.requests.length === 1);
  patience.runOut();
  await answer;
  expect([patience.granted, stub.requests.length]).toEqual([[2_000], 1]);
});

test('a stopped peer is unavailable', async () => {
  const url = process.env.API_URL;
  const other = await startPeer();
  await other.stop();
  await expectUnavailable();
  process.env.API_URL = url;
});

test('a connection that broke is tried once more, in what is left of the time', async () => {
  const patience = heldPatience();
  stub.behave((request, response) => {
    if (stub.requests.length === 1) request.socket.destroy();
    else ada(request, response);
  });
  await expect(ask()).resolves.toEqual({ id: 7 });
  expect(patience.granted).toEqual([2_000]);
  stub.behave((request) => request.socket.destroy());
  await expectUnavailable();
  expect(stub.requests).toHaveLength(2);
});

test('a crowd does not take its own queue for a slow peer: patience begins when a question goes out', async () => {
  const patience = heldPatience();
  const queue: (() => void)[] = [];
  stub.behave((request, response) => queue.push(() => ada(request, response)));
  const answers = Promise.all(Array.from({ length: 200 }, ask));
  for (let answered = 0; answered < 200; answered += 1) {
    await until(() => queue.length === Math.min(16, 200 - answered));
    expect(patience.granted).toHaveLength(Math.min(200, answered + 16));
    queue.shift()?.();
  }
  expect(await answers).toEqual(Array(200).fill({ id: 7 }));
});

test('nobody of a crowd waits for a silent peer more than twice as long as the first', async () => {
  // The machine is at rest as far as the peer can tell: what a busy one makes of silence is another test's.
  jest.spyOn(performance, 'eventLoopUtilization').mockReturnValue({ idle: 1, active: 0, utilization: 0 });
  const patience = heldPatience();
  stub.behave(silent);
  let settled = false;
  const answers = Promise.allSettled(Array.from({ length: 100 }, ask)).finally(() => {
    settled = true;
  });
  let rounds = 0;
  for (; !settled; rounds += 1) {
    await until(() => settled || patience.held > 0);
    patience.runOut();
    // Whoever was let in by the failures of this round asks before the next.
    await new Promise(setImmediate);
  }
  expect((await answers).filter(({ status }) => status === 'fulfilled')).toEqual([]);
  expect(rounds).toBeLessThanOrEqual(2);
  expect(stub.requests.length).toBeLessThan(32);
});

describe('the circuit', () => {
  const trip = async () => {
    stub.behave(refuses(500, 'internal_error'));
    for (let i = 0; i < 5; i += 1) await expectUnavailable();
    expect(stub.requests).toHaveLength(5);
  };

  test('opens after five failures in a row, and then asks no more', async () => {
    await trip();
    const { retryAfter } = await expectUnavailable();
    expect(stub.requests).toHaveLength(5);
    expect(retryAfter).toBe(2);
  });

  test('lets one trial through after a pause, and closes when it succeeds', async () => {
    await trip();
    const later = clock.now() + 2_001;
    const now = jest.spyOn(clock, 'now').mockReturnValue(later);
    stub.behave(refuses(500, 'internal_error'));
    const both = await Promise.allSettled([ask(), ask()]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(stub.requests).toHaveLength(1);
    now.mockReturnValue(later + 2_001);
    stub.behave(ada);
    await ask();
    await ask();
    expect(stub.requests).toHaveLength(2);
    now.mockRestore();
  });

  test('stays closed over refusals and things that are missing', async () => {
    stub.behave(refuses(404, 'thing_not_found'));
    for (let i = 0; i < 6; i += 1) await ask();
    stub.behave(refuses(401, 'unauthenticated'));
    for (let i = 0; i < 6; i += 1) await refusal();
    stub.behave(ada);
    await expect(ask()).resolves.toEqual({ id: 7 });
  });

  const fiveInVain = async () => {
    stub.behave(silent);
    await Promise.all(Array.from({ length: 5 }, expectUnavailable));
    stub.behave(ada);
  };

  test('opens when the peer says nothing', async () => {
    await fiveInVain();
    await expectUnavailable();
    expect(stub.requests).toEqual([]);
  });

  test('stays closed when we were too busy to hear the peer', async () => {
    let busy = true;
    const toil = () => {
      const until = performance.now() + 20;
      while (performance.now() < until);
      if (busy) setImmediate(toil);
    };
    toil();
    await fiveInVain();
    busy = false;
    await expect(ask()).resolves.toEqual({ id: 7 });
  });
});

describe('a list of a peer', () => {
  const pages =
    (count: number, link: (next: number) => string) => (request: IncomingMessage, response: ServerResponse) => {
      const page = Number(new URL(request.url ?? '', 'http://peer').searchParams.get('cursor') ?? 0);
      if (page + 1 < count) response.setHeader('Link', link(page + 1));
      json(200, [{ id: page + 1 }])(request, response);
    };
  const all = () => peer.list('/things?limit=1', Thing, headers);

  test.each([
    ['as we write it', (next: number) => `</things?limit=1&cursor=${next}>; rel="next"`],
    ['under a stage', (next: number) => `</dev/things?limit=1&cursor=${next}>; rel="next"`],
    ['with a host', (next: number) => `<https://api.example/things?cursor=${next}>; rel=next`],
    ['among others', (next: number) => `</>; rel="first", </things?cursor=${next}>; rel="next"`],
  ])('is read page after page, its link %s', async (_, link) => {
    stub.behave(pages(3, link));
    expect(await all()).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    expect(stub.requests.map(({ url }) => url?.split('?')[0])).toEqual(Array(3).fill('/things'));
    expect(stub.requests.every(({ headers: { authorization } }) => authorization === 'Bearer abc')).toBe(true);
  });

  test('that is missing is none; one of other things, or without an end, is an unavailable peer', async () => {
    stub.behave(refuses(404, 'things_not_found'));
    expect(await all()).toBeUndefined();
    stub.behave(json(200, { id: 1 }));
    await expect(all()).rejects.toMatchObject({ code: 'peer_unavailable' });
    stub.behave(pages(Number.POSITIVE_INFINITY, (next) => `</things?cursor=${next}>; rel="next"`));
    await expect(all()).rejects.toMatchObject({ code: 'peer_unavailable' });
    expect(stub.requests).toHaveLength(50);
  });
});

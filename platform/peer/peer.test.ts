import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import * as z from 'zod';
import { FAULTS, json, type PeerStub, refuses, silent, stalls, startPeer } from '../../tests/support/peer.ts';
import { clock } from '../clock.ts';
import { Problem } from '../http/problem.ts';
import { within } from '../scope.ts';
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
  stub.behave(fault);
  const started = performance.now();
  await expectUnavailable();
  const waited = performance.now() - started;
  expect(waited).toBeGreaterThan(1_900);
  expect(waited).toBeLessThan(6_000);
  expect(stub.requests).toHaveLength(1);
});

test('a stopped peer is unavailable', async () => {
  const url = process.env.API_URL;
  const other = await startPeer();
  await other.stop();
  await expectUnavailable();
  process.env.API_URL = url;
});

test('a connection that broke is tried once more', async () => {
  stub.behave((request, response) => {
    if (stub.requests.length === 1) request.socket.destroy();
    else ada(request, response);
  });
  await expect(ask()).resolves.toEqual({ id: 7 });
  stub.behave((request) => request.socket.destroy());
  await expectUnavailable();
  expect(stub.requests).toHaveLength(2);
});

test('a crowd does not take its own queue for a slow peer', async () => {
  const queue: (() => void)[] = [];
  const oneByOne = setInterval(() => queue.shift()?.(), 12);
  stub.behave((request, response) => queue.push(() => ada(request, response)));
  const answers = await Promise.allSettled(Array.from({ length: 200 }, ask));
  clearInterval(oneByOne);
  expect(answers.filter(({ status }) => status === 'rejected')).toEqual([]);
});

test('nobody of a crowd waits for a silent peer more than twice as long as the first', async () => {
  stub.behave(silent);
  const started = performance.now();
  const answers = await Promise.allSettled(Array.from({ length: 100 }, ask));
  expect(performance.now() - started).toBeLessThan(4_800);
  expect(stub.requests.length).toBeLessThan(32);
  expect(answers.filter(({ status }) => status === 'fulfilled')).toEqual([]);
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

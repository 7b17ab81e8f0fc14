import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { FAULTS, json, type PeerStub, refuses, startPeer } from '../../tests/support/peer.ts';
import { Peer, type Task } from './peer.ts';

let stub: PeerStub;
let peer: Peer;

beforeAll(async () => {
  stub = await startPeer();
});
beforeEach(() => {
  peer = new Peer();
});
afterAll(() => stub.stop());

const order: Task = { method: 'POST', path: '/orders', body: { items: [] }, headers: { 'Idempotency-Key': 'once' } };

test('what a peer did is told with its body and headers', async () => {
  stub.behave(json(201, { id: 7 }));
  expect(await peer.exchange(order)).toMatchObject({ status: 201, body: { id: 7 } });
  expect(stub.requests[0]).toMatchObject({ method: 'POST', url: '/orders' });
  expect(stub.requests[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'idempotency-key': 'once' });
});

test('an answer without a body is one', async () => {
  stub.behave((_, response) => {
    response.writeHead(204).end();
  });
  expect(await peer.exchange({ method: 'DELETE', path: '/orders/7' })).toMatchObject({ status: 204, body: undefined });
});

test.each([400, 403, 404, 409, 429])('a refusal is an answer: %i', async (status) => {
  stub.behave(refuses(status, 'some_code'));
  expect(await peer.exchange(order)).toMatchObject({ status, body: { code: 'some_code' } });
});

test('a 401 is an answer in whatever words the gateway says it', async () => {
  stub.behave((_, response) => {
    response.writeHead(401, { 'Content-Type': 'text/plain' }).end('Unauthorized');
  });
  expect((await peer.exchange(order)).status).toBe(401);
});

test.each(
  Object.entries(FAULTS).filter(
    ([name]) => !['answers 429', 'does not know the route', 'answers 200 with other JSON'].includes(name),
  ),
)('a peer that %s is unavailable', async (_, fault) => {
  stub.behave(fault);
  await expect(peer.exchange(order)).rejects.toMatchObject({ code: 'peer_unavailable' });
});

test.each([
  ['a POST under a key', order, 2],
  ['a POST without one', { method: 'POST', path: '/orders' }, 1],
  ['a PATCH', { method: 'PATCH', path: '/terms/7' }, 1],
  ['a DELETE', { method: 'DELETE', path: '/orders/7' }, 2],
] as const)('over a broken connection %s is sent as often as it may be', async (_, task, times) => {
  stub.behave(FAULTS['hangs up'] as Parameters<PeerStub['behave']>[0]);
  await expect(peer.exchange(task)).rejects.toMatchObject({ code: 'peer_unavailable' });
  expect(stub.requests).toHaveLength(times);
});

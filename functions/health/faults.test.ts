import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { clock } from '../../platform/base/clock.ts';
import { dynamo } from '../../platform/data/client.ts';
import { until } from '../../project/until.ts';
import { admin, call } from '../../tests/support/call.ts';
import { FAULTS, heldPatience, type PeerStub, silent, startPeer } from '../../tests/support/peer.ts';
import { knowPerson } from '../../tests/support/persons.ts';
import { commandsDuring } from '../../tests/support/requests.ts';
import { createContext } from '../../tests/support/tables.ts';
import { handler } from './health.ts';

let persons: PeerStub;
let later = 0;

beforeAll(async () => {
  await createContext('health');
  persons = await startPeer();
});
beforeEach(() => {
  // The circuit that an earlier test opened has had its pause.
  later += 3_000;
  const now = Date.now() + later;
  jest.spyOn(clock, 'now').mockImplementation(() => now);
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => persons.stop());

const operations = (id: number): [string, unknown][] => [
  [`GET /health/${id}`, undefined],
  [`POST /health/${id}`, { weight: 70 }],
  [`PUT /health/${id}`, { weight: 71 }],
  [`DELETE /health/${id}`, undefined],
  [`GET /health/${id}/history`, undefined],
  [`GET /health/${id}/access-log`, undefined],
];

async function expectUnavailable(id: number): Promise<void> {
  const commands = await commandsDuring(dynamo, async () => {
    for (const [request, body] of operations(id)) {
      const answer = await call(handler, request, { as: admin, body });
      expect({ request, ...answer }).toMatchObject({ request, status: 503, body: { code: 'peer_unavailable' } });
      expect(Number(answer.headers['Retry-After'])).toBeGreaterThanOrEqual(1);
    }
  });
  expect(commands).toEqual([]);
}

test.each(Object.entries(FAULTS))('when persons %s, every operation is a 503 and touches nothing', async (_, fault) => {
  const id = knowPerson(persons);
  persons.behave(fault);
  await expectUnavailable(id);
});

test('when persons answers for somebody else, every operation is a 503', async () => {
  const id = knowPerson(persons);
  persons.behave((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ id: id + 1, name: 'Eve' }));
  });
  await expectUnavailable(id);
});

test('when persons is stopped, every operation is a 503, and works again once it is back', async () => {
  const { API_URL } = process.env;
  await (await startPeer()).stop();
  await expectUnavailable(1);
  process.env.API_URL = API_URL;
  const id = knowPerson(persons);
  const now = clock.now() + 2_001;
  jest.spyOn(clock, 'now').mockImplementation(() => now);
  expect((await call(handler, `POST /health/${id}`, { as: admin, body: { weight: 70 } })).status).toBe(201);
});

test('when persons is slow, a measurement is a 503 after two seconds, and is not kept', async () => {
  const id = knowPerson(persons);
  persons.behave(silent);
  const patience = heldPatience();
  const commands = await commandsDuring(dynamo, async () => {
    const answer = call(handler, `POST /health/${id}`, { as: admin, body: { weight: 70 } });
    await until(() => persons.requests.length === 1);
    patience.runOut();
    expect(await answer).toMatchObject({ status: 503, body: { code: 'peer_unavailable' } });
  });
  expect([patience.granted, commands]).toEqual([[2_000], []]);
});

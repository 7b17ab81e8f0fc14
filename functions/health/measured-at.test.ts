import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { clock } from '../../platform/base/clock.ts';
import { admin, call } from '../../tests/support/call.ts';
import { type PeerStub, startPeer } from '../../tests/support/peer.ts';
import { knowPerson } from '../../tests/support/persons.ts';
import { createContext } from '../../tests/support/tables.ts';
import { handler } from './health.ts';

let persons: PeerStub;

beforeAll(async () => {
  await createContext('health');
  persons = await startPeer();
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => persons.stop());

const add = (id: number, body: unknown) => call(handler, `POST /health/${id}`, { as: admin, body });
const read = async (id: number) => (await call(handler, `GET /health/${id}`, { as: admin })).body;

describe('the time of a measurement', () => {
  const now = Date.UTC(2030, 5, 1, 9);
  const measuredAfter = (ms: number) => ({ weight: 70, measured_at: new Date(now + ms).toISOString() });

  test.each(['POST', 'PUT'])('may run five minutes ahead of our clock, and not a moment more (%s)', async (verb) => {
    jest.spyOn(clock, 'now').mockReturnValue(now);
    const path = `/health/${knowPerson(persons)}`;
    const minutes = 60_000;
    for (const [ahead, taken] of [
      [5 * minutes, true],
      [5 * minutes + 1, false],
      [365 * 24 * 60 * minutes, false],
    ] as const) {
      const { status, body } = await call(handler, `${verb} ${path}`, { as: admin, body: measuredAfter(ahead) });
      expect([ahead, status < 300, body.errors?.[0].code]).toEqual([
        ahead,
        taken,
        taken ? undefined : 'impossible_time',
      ]);
    }
  });

  test('reaches back to the first moment of 1900', async () => {
    const id = knowPerson(persons);
    const first = { weight: 70, measured_at: '1900-01-01T00:00:00.000Z' };
    expect((await add(id, first)).body).toMatchObject(first);
    expect((await add(id, { weight: 70, measured_at: '1899-12-31T23:59:59.999Z' })).status).toBe(400);
  });
});

test('of two measurements of the same instant, the one that arrives later is the current one', async () => {
  const id = knowPerson(persons);
  const measured_at = '2026-05-01T10:00:00.000Z';
  await add(id, { weight: 70, height: 175, measured_at });
  const { body } = await add(id, { weight: 71, measured_at });
  expect(body).toMatchObject({ weight: 71, height: 175, measured_at });
  expect(await read(id)).toEqual(body);
});

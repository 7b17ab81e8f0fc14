import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { clock } from '../../platform/base/clock.ts';
import { dynamo } from '../../platform/data/client.ts';
import { key } from '../../platform/data/key.ts';
import { admin, call, student, teacher } from '../../tests/support/call.ts';
import { type PeerStub, startPeer } from '../../tests/support/peer.ts';
import { knowPerson } from '../../tests/support/persons.ts';
import { commandsDuring } from '../../tests/support/requests.ts';
import { createContext } from '../../tests/support/tables.ts';
import { handler } from './health.ts';
import { table } from './table.ts';

let persons: PeerStub;
const token = { Authorization: 'Bearer token-of-the-caller' };

beforeAll(async () => {
  await createContext('health');
  persons = await startPeer();
});
afterAll(() => persons.stop());

const add = (id: number, body: unknown, headers = {}) =>
  call(handler, `POST /health/${id}`, { as: admin, body, headers: { ...token, ...headers } });
const read = (id: number, headers = {}) => call(handler, `GET /health/${id}`, { as: admin, headers });
const history = async (id: number) => (await call(handler, `GET /health/${id}/history`, { as: admin })).body;

describe('a health read', () => {
  test('costs one HTTP call and one DynamoDB read, and leaves one trace', async () => {
    const id = knowPerson(persons);
    await add(id, { weight: 70 });
    persons.requests.length = 0;
    const commands = await commandsDuring(dynamo, () => read(id, token));
    expect(persons.requests.map(({ url }) => url)).toEqual([`/persons/${id}`]);
    expect(commands.sort()).toEqual(['GetItemCommand', 'PutItemCommand']);
  });

  test('asks persons with the caller’s own token', async () => {
    const id = knowPerson(persons);
    await read(id, token);
    expect(persons.requests[0]?.headers.authorization).toBe(token.Authorization);
  });

  test('of somebody unmeasured says so, and of somebody missing something else', async () => {
    const id = knowPerson(persons);
    expect(await read(id)).toMatchObject({ status: 404, body: { code: 'health_not_found' } });
    expect(await read(999_999)).toMatchObject({ status: 404, body: { code: 'person_not_found' } });
  });

  test('in FHIR carries its own content type', async () => {
    const id = knowPerson(persons);
    await add(id, { weight: 70, height: 175 });
    const { headers, body } = await read(id, { Accept: 'application/fhir+json' });
    expect(headers['Content-Type']).toMatch(/^application\/fhir\+json/);
    expect(body).toMatchObject({ resourceType: 'Bundle', type: 'collection' });
    expect(body.entry).toHaveLength(3);
  });
});

describe('measurements', () => {
  test('add up to the current values, with the body mass index', async () => {
    const id = knowPerson(persons);
    const first = await add(id, { weight: 70, height: 175 });
    expect(first).toMatchObject({ status: 201, headers: { Location: `/health/${id}` } });
    expect(first.body).toMatchObject({ person_id: id, weight: 70, height: 175, bmi: 22.9 });
    const second = await add(id, { weight: 71.5, blood_pressure: { systolic: 120, diastolic: 80 } });
    const current = { weight: 71.5, height: 175, bmi: 23.3, blood_pressure: { systolic: 120, diastolic: 80 } };
    expect(second.body).toMatchObject(current);
    expect((await read(id)).body).toEqual(second.body);
  });

  test('that arrive late go into the history and do not replace newer ones', async () => {
    const id = knowPerson(persons);
    await add(id, { weight: 70, measured_at: '2026-05-02T10:00:00+02:00' });
    const { body } = await add(id, { weight: 60, height: 170, measured_at: '2026-05-01T10:00:00Z' });
    expect(body).toMatchObject({ weight: 70, height: 170, measured_at: '2026-05-02T08:00:00.000Z' });
    expect((await history(id)).map(({ weight }: { weight: number }) => weight)).toEqual([70, 60]);
  });

  test('of many at once are all kept', async () => {
    const id = knowPerson(persons);
    const rates = Array.from({ length: 20 }, (_, i) => 60 + i);
    const answers = await Promise.all(rates.map((heart_rate) => add(id, { heart_rate })));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
    const kept = (await history(id)).map(({ heart_rate }: { heart_rate: number }) => heart_rate);
    expect(kept.sort()).toEqual(rates);
  });

  test('sent twice under one key are one', async () => {
    const id = knowPerson(persons);
    const key = { 'Idempotency-Key': `k-${id}` };
    const [first, second] = [await add(id, { weight: 70 }, key), await add(id, { weight: 70 }, key)];
    expect(second.body).toEqual(first.body);
    expect(await history(id)).toHaveLength(1);
  });

  test('put in place of all others are all that is current', async () => {
    const id = knowPerson(persons);
    await add(id, { weight: 70, height: 175, heart_rate: 60 });
    const { status, body } = await call(handler, `PUT /health/${id}`, { as: admin, body: { weight: 72 } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ weight: 72 });
    for (const name of ['height', 'heart_rate', 'bmi']) expect(body).not.toHaveProperty(name);
    expect(await history(id)).toHaveLength(2);
  });

  test('may be put first of all', async () => {
    const id = knowPerson(persons);
    expect((await call(handler, `PUT /health/${id}`, { as: admin, body: { height: 180 } })).status).toBe(200);
    expect((await read(id)).body).toMatchObject({ height: 180 });
  });

  test.each([
    ['nothing', {}],
    ['a time only', { measured_at: '2026-01-01T00:00:00Z' }],
    ['a list', []],
    ['a weight of -5', { weight: -5 }],
    ['a weight of 0.1', { weight: 0.1 }],
    ['a weight of 700.1', { weight: 700.1 }],
    ['a weight as text', { weight: '70' }],
    ['a weight of null', { weight: null }],
    ['a height of 19.9', { height: 19.9 }],
    ['a height of 281', { height: 281 }],
    ['a heart rate of 19', { heart_rate: 19 }],
    ['a heart rate of 301', { heart_rate: 301 }],
    ['swapped blood pressure', { blood_pressure: { systolic: 80, diastolic: 120 } }],
    ['equal pressures', { blood_pressure: { systolic: 80, diastolic: 80 } }],
    ['half a blood pressure', { blood_pressure: { systolic: 120 } }],
    ['a systolic pressure of 301', { blood_pressure: { systolic: 301, diastolic: 80 } }],
    ['a diastolic pressure of 19', { blood_pressure: { systolic: 120, diastolic: 19 } }],
    ['a blood pressure as text', { blood_pressure: '120/80' }],
    ['a measurement to come', { weight: 70, measured_at: '2999-01-01T00:00:00Z' }],
    ['a measurement before 1900', { weight: 70, measured_at: '1899-12-31T23:59:59Z' }],
    ['a time without a zone', { weight: 70, measured_at: '2026-01-01T00:00:00' }],
    ['a derived value', { weight: 70, bmi: 20 }],
    ['another person’s id', { weight: 70, person_id: 1 }],
  ])('of %s are refused before anybody is asked, and nothing is kept', async (_, body) => {
    const id = knowPerson(persons);
    for (const verb of ['POST', 'PUT']) {
      const answer = await call(handler, `${verb} /health/${id}`, { as: admin, body });
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    }
    expect(persons.requests).toEqual([]);
    expect((await read(id)).status).toBe(404);
  });

  test.each(['{"weight": 1e309}', '{"weight": NaN}', '{"weight": 70, "weight": 71}'])(
    'of %s are refused',
    async (rawBody) => {
      const headers = { 'Content-Type': 'application/json' };
      const { status } = await call(handler, `POST /health/${knowPerson(persons)}`, { as: admin, rawBody, headers });
      expect(status).toBe(400);
    },
  );

  test.each([
    { weight: 0.2, height: 20, heart_rate: 20, blood_pressure: { systolic: 40, diastolic: 20 } },
    { weight: 700, height: 280, heart_rate: 300, blood_pressure: { systolic: 300, diastolic: 200 } },
  ])('at the ends of their ranges are taken: %j', async (body) => {
    expect(await add(knowPerson(persons), body)).toMatchObject({ status: 201, body });
  });
});

describe('the history', () => {
  test('goes through pages, newest first, one query each', async () => {
    const id = knowPerson(persons);
    for (const day of [1, 2, 3]) await add(id, { weight: 70 + day, measured_at: `2026-03-0${day}T00:00:00Z` });
    const first = await call(handler, `GET /health/${id}/history?limit=2`, { as: admin });
    const next = /<([^>]+)>/.exec(first.headers.Link ?? '')?.[1] ?? '';
    const second = await call(handler, `GET ${next}`, { as: admin });
    const weights = [...first.body, ...second.body].map(({ weight }: { weight: number }) => weight);
    expect(weights).toEqual([73, 72, 71]);
    expect(first.body[0]).toMatchObject({ recorded_by: 'admin', measured_at: '2026-03-03T00:00:00.000Z' });
    expect(first.body[0]).not.toHaveProperty('copies');
  });
});

describe('If-None-Match: *', () => {
  const onlyNew = { ...token, 'If-None-Match': '*', 'content-type': 'application/json' };
  const put = (id: number) =>
    call(handler, `PUT /health/${id}`, { as: admin, rawBody: '{"weight":70}', headers: onlyNew });

  test('lets values be put where none are, emptied ones included, and in place of none', async () => {
    const id = knowPerson(persons);
    expect((await put(id)).status).toBe(200);
    const again = await put(id);
    expect([again.status, again.body.code]).toEqual([412, 'already_there']);
    expect((await call(handler, `DELETE /health/${id}`, { as: admin, headers: onlyNew })).status).toBe(412);
    expect((await call(handler, `GET /health/${id}/history`, { as: admin })).body).toHaveLength(1);
    expect((await call(handler, `DELETE /health/${id}`, { as: admin })).status).toBe(204);
    expect((await put(id)).status).toBe(200);
  });
});

describe('whose data it is', () => {
  const every = (id: number): [string, unknown][] => [
    [`GET /health/${id}`, undefined],
    [`POST /health/${id}`, { weight: 70 }],
    [`PUT /health/${id}`, { weight: 71 }],
    [`GET /health/${id}/history`, undefined],
    [`DELETE /health/${id}`, undefined],
  ];

  test('the owner may do everything but look who did', async () => {
    const id = knowPerson(persons, 'victor');
    await add(id, { weight: 69 });
    for (const [request, body] of every(id))
      expect((await call(handler, request, { as: student('victor'), body })).status).toBeLessThan(300);
    const log = await call(handler, `GET /health/${id}/access-log`, { as: student('victor') });
    expect(log.status).toBe(403);
  });

  test.each([
    ['another student', student('kilian')],
    ['a teacher, whom persons would tell', teacher],
  ])('%s cannot tell it from nobody’s, and leaves nothing behind', async (_, as) => {
    const id = knowPerson(persons, 'victor');
    for (const [request, body] of every(id)) {
      const other = await call(handler, request, { as, body });
      const missing = await call(handler, request.replace(String(id), '999999'), { as, body });
      expect(other).toMatchObject({ status: 404, body: { code: 'person_not_found' } });
      expect({ ...other.body, request_id: '' }).toEqual({ ...missing.body, request_id: '' });
    }
    expect(await table.queryAll({ partition: ['pk', key`PERSON#${id}`] })).toEqual([]);
  });
});

describe('the access log', () => {
  test('tells admins who read and who changed what, newest first, for a year', async () => {
    const id = knowPerson(persons, 'victor');
    const now = jest.spyOn(clock, 'now').mockReturnValue(Date.UTC(2030, 0, 1));
    await add(id, { weight: 70 });
    now.mockRestore();
    await call(handler, `GET /health/${id}`, { as: student('victor') });
    await call(handler, `GET /health/${id}/history`, { as: admin });
    await call(handler, `PUT /health/${id}`, { as: student('victor'), body: { weight: 71 } });
    await call(handler, `DELETE /health/${id}`, { as: admin });
    const { body } = await call(handler, `GET /health/${id}/access-log`, { as: admin });
    const told = body.map(({ username, action }: Record<string, string>) => `${username} ${action}`);
    expect(told).toEqual(['admin delete', 'victor replace', 'admin read_history', 'victor read', 'admin add']);
    const [item] = await table.queryAll<{ ttl: number }>({ partition: ['pk', key`ACCESS#${id}`] });
    expect(item?.ttl).toBe(Date.UTC(2031, 0, 1) / 1000);
  });

  test('shows nothing untraced: a read whose trace cannot be kept fails', async () => {
    const id = knowPerson(persons);
    await add(id, { weight: 70 });
    dynamo.middlewareStack.add(
      (next, context) => (args) =>
        context.commandName === 'PutItemCommand' ? Promise.reject(new Error('down')) : next(args),
      { step: 'initialize', name: 'down' },
    );
    const { status, body } = await read(id);
    dynamo.middlewareStack.remove('down');
    expect(status).toBe(500);
    expect(body).not.toHaveProperty('weight');
    expect((await read(id)).body).toMatchObject({ weight: 70 });
  });
});

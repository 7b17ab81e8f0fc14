import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '../../project/until.ts';
import { call, logIn } from '../support/http.ts';

let admin: string;
let teacher: string;
let victor: string;
let kilian: string;
let id: number;

beforeAll(async () => {
  [admin, teacher, victor, kilian] = (await Promise.all([
    logIn('admin', 'admin'),
    logIn('prof', 'prof'),
    logIn('victor', '1234'),
    logIn('kilian', 'abcd'),
  ])) as [string, string, string, string];
});
beforeEach(async () => {
  const body = { name: `Ada ${randomUUID()}`, username: 'victor' };
  id = (await call('POST', '/persons', { token: admin, body })).body.id;
});

const measured = { weight: 70, height: 175, heart_rate: 60, blood_pressure: { systolic: 120, diastolic: 80 } };

const OPERATIONS = [
  ['POST', '', { weight: 70 }, 201],
  ['PUT', '', { weight: 71 }, 200],
  ['GET', '', undefined, 200],
  ['GET', '/history', undefined, 200],
  ['DELETE', '', undefined, 204],
] as const;

describe('the source document’s calls', () => {
  test.each(['admin', 'owner'])('add, read, change and delete health data, as %s', async (who) => {
    const token = who === 'admin' ? admin : victor;
    const path = `/health/${id}`;
    expect(await call('GET', path, { token })).toMatchObject({ status: 404, body: { code: 'health_not_found' } });
    const added = await call('POST', path, { token, body: measured });
    expect(added).toMatchObject({ status: 201, body: { person_id: id, ...measured, bmi: 22.9 } });
    expect(await call('GET', path, { token })).toMatchObject({ status: 200, body: added.body });
    const changed = await call('PUT', path, { token, body: { weight: 72 } });
    expect(changed).toMatchObject({ status: 200, body: { weight: 72 } });
    expect(changed.body).not.toHaveProperty('height');
    const history = await call('GET', `${path}/history`, { token });
    expect(history.body.map(({ weight }: { weight: number }) => weight)).toEqual([72, 70]);
    expect((await call('DELETE', path, { token })).status).toBe(204);
    expect(await call('GET', path, { token })).toMatchObject({ status: 404, body: { code: 'health_not_found' } });
    expect((await call('GET', `${path}/history`, { token })).body).toEqual([]);
  });
});

describe.each(OPERATIONS)('%s /health/{person_id}%s', (method, rest, body, success) => {
  test('is for admins and the person themself', async () => {
    for (const token of [admin, victor]) {
      await call('POST', `/health/${id}`, { token: admin, body: { weight: 70 } });
      expect((await call(method, `/health/${id}${rest}`, { token, body })).status).toBe(success);
    }
  });

  test('cannot be told from a missing person’s by anybody else, a teacher included', async () => {
    await call('POST', `/health/${id}`, { token: admin, body: { weight: 70 } });
    for (const token of [kilian, teacher]) {
      const [other, missing] = await Promise.all([
        call(method, `/health/${id}${rest}`, { token, body }),
        call(method, `/health/999999999${rest}`, { token, body }),
      ]);
      expect(other).toMatchObject({ status: 404, body: { code: 'person_not_found' } });
      expect({ ...other.body, request_id: '' }).toEqual({ ...missing.body, request_id: '' });
    }
    expect((await call('GET', `/health/${id}`, { token: admin })).body).toMatchObject({ weight: 70 });
  });

  test('of a missing person is a 404, and without a token a 401', async () => {
    const missing = await call(method, `/health/999999999${rest}`, { token: admin, body });
    expect(missing).toMatchObject({ status: 404, body: { code: 'person_not_found' } });
    expect((await call(method, `/health/${id}${rest}`, { body })).status).toBe(401);
  });

  test.each(['0', '-1', '1.5', 'abc', '9007199254740992'])('of the impossible id %s is a 400', async (impossible) => {
    expect((await call(method, `/health/${impossible}${rest}`, { token: admin, body })).status).toBe(400);
  });
});

test('the access log is for admins, and tells who did what', async () => {
  await call('POST', `/health/${id}`, { token: victor, body: measured });
  await call('GET', `/health/${id}`, { token: admin });
  const { status, body } = await call('GET', `/health/${id}/access-log`, { token: admin });
  expect(status).toBe(200);
  const told = body.map(({ username, role, action }: Record<string, string>) => `${username} ${role} ${action}`);
  expect(told).toEqual(['admin admin read', 'victor student add']);
  for (const token of [victor, kilian, teacher])
    expect((await call('GET', `/health/${id}/access-log`, { token })).status).toBe(403);
});

test('FHIR is asked for by Accept', async () => {
  await call('POST', `/health/${id}`, { token: victor, body: measured });
  const headers = { Accept: 'application/fhir+json' };
  const answer = await call('GET', `/health/${id}`, { token: victor, headers });
  expect(answer.headers.get('content-type')).toMatch(/^application\/fhir\+json/);
  const codes = answer.body.entry.map(
    ({ resource }: { resource: { code: { coding: { code: string }[] } } }) => resource.code.coding[0]?.code,
  );
  expect(codes).toEqual(['29463-7', '8302-2', '8867-4', '85354-9', '39156-5']);
});

test('deleting a person erases their health data, though measurements keep arriving', async () => {
  await call('POST', `/health/${id}`, { token: admin, body: measured });
  const adding = Array.from({ length: 30 }, () =>
    call('POST', `/health/${id}`, { token: admin, body: { weight: 80 } }),
  );
  // Some were stored, so that there is something to erase, before the person goes.
  await Promise.any(adding.map(async (answer) => expect((await answer).status).toBe(201)));
  expect((await call('DELETE', `/persons/${id}`, { token: admin })).status).toBe(204);
  const statuses = (await Promise.all(adding)).map(({ status }) => status);
  // 503 where thirty questions at once make the persons service slower than its time: the measurement is not stored.
  expect(statuses.filter((status) => ![201, 404, 503].includes(status))).toEqual([]);
  await until(async () => (await call('GET', `/health/${id}`, { token: admin })).body?.code === 'person_not_found');
});

import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { clock } from '../../platform/base/clock.ts';
import { json, type PeerStub, refuses, startPeer } from '../../tests/support/peer.ts';
import { ASSESSMENT, accessToken, answering, servicesSaying } from '../../tests/support/services.ts';
import { SAME_ORIGIN, toHandler, Visitor } from '../../tests/support/visitor.ts';
import { day } from './kit/write.ts';
import { handler } from './portal.ts';

let services: PeerStub;
beforeAll(async () => {
  services = await startPeer();
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => services.stop());

const table = servicesSaying('Awa');
const LIST = '/portal/classes/4eB/assessments';
const [GRID, EDIT] = [`${LIST}/${ASSESSMENT}`, `${LIST}/${ASSESSMENT}/edit`];
/** Half past eight in the morning of a summer's day in Paris. */
const RELEASE = '2099-07-01T06:30:00.000Z';
const assessment = { ...(table[`GET /assessments/${ASSESSMENT}`] as object), release_at: RELEASE };

/** What was sent to the services to change something. */
const changes: unknown[] = [];

async function visiting(role: string, more: Readonly<Record<string, unknown>> = {}): Promise<Visitor> {
  changes.length = 0;
  const answer = answering({
    ...table,
    'GET /school': { time_zone: 'Europe/Paris' },
    'GET /assessments': [assessment],
    [`GET /assessments/${ASSESSMENT}`]: assessment,
    [`PATCH /assessments/${ASSESSMENT}`]: json(200, assessment),
    'POST /assessments': json(201, assessment),
    ...more,
  });
  services.behave((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (request.method !== 'GET') changes.push(JSON.parse(Buffer.concat(parts).toString()));
      answer(request, response);
    });
  });
  const visitor = new Visitor(toHandler(handler), { forms: SAME_ORIGIN });
  visitor.jar.set('__Host-campus-access', `${role}~${await accessToken('victor')}`);
  return visitor;
}

describe('the moment from which families see marks', () => {
  test('is shown by the clocks of the school: in the list, above the grid and in the form', async () => {
    const visitor = await visiting('teacher');
    expect((await visitor.get(LIST)).text).toContain('1 juil. 2099, 08:30');
    expect((await visitor.get(GRID)).text).toContain('1 juil. 2099, 08:30');
    const { text } = await visitor.get(EDIT);
    expect(text).toContain('value="2099-07-01T08:30"');
    expect(text).toContain('Heure de l’école (Europe/Paris)');
  });

  test('is not sent where it stands as it was', async () => {
    const visitor = await visiting('teacher');
    await visitor.submit(await visitor.get(EDIT), EDIT, { title: 'Otherwise', release_at: '2099-07-01T08:30' });
    expect(changes).toEqual([expect.objectContaining({ title: 'Otherwise' })]);
    expect(changes[0]).not.toHaveProperty('release_at');
  });

  test.each([
    ['in winter', '2026-12-01T08:00', '2026-12-01T07:00:00.000Z'],
    ['in summer', '2026-07-01T08:00', '2026-07-01T06:00:00.000Z'],
    ['in the hour that autumn has twice: the first', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['in the hour that spring skips: an hour later', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
    ['as nobody writes it: for the service to refuse', 'tomorrow', 'tomorrow'],
  ])('is typed by the clocks of the school, %s', async (_, typed, sent) => {
    const visitor = await visiting('teacher');
    await visitor.submit(await visitor.get(EDIT), EDIT, { release_at: typed });
    const path = `${LIST}/new`;
    await visitor.submit(await visitor.get(path), path, { title: 'New', release_at: typed });
    expect(changes).toEqual([
      expect.objectContaining({ release_at: sent }),
      expect.objectContaining({ release_at: sent }),
    ]);
  });

  test('means what it meant as it was typed, though the school moves or is out of reach meanwhile', async () => {
    const shown = await (await visiting('teacher')).get(EDIT);
    for (const school of [{ time_zone: 'Africa/Dakar' }, refuses(500, 'internal_error')]) {
      const visitor = await visiting('teacher', { 'GET /school': school });
      await visitor.submit(shown, EDIT, { release_at: '2026-12-01T08:00' });
      expect(changes).toEqual([expect.objectContaining({ release_at: '2026-12-01T07:00:00.000Z' })]);
    }
  });

  test('is one of UTC, and says so, where the school cannot be asked or has a zone that nobody knows', async () => {
    for (const school of [refuses(500, 'internal_error'), { time_zone: 'Mars/Olympus' }]) {
      const { text } = await (await visiting('teacher', { 'GET /school': school })).get(EDIT);
      expect(text).toContain('value="2099-07-01T06:30"');
      expect(text).toContain('Heure de l’école (UTC)');
    }
  });
});

test('a notice of late in the evening is of the day that it is at school', async () => {
  const notice = { id: 'n1', at: '2026-11-09T23:30:00.000Z', message: 'Une note', student_id: 1, name: 'Awa' };
  const { text } = await (await visiting('student', { 'GET /notifications': [notice] })).get('/home');
  expect(text).toContain('datetime="2026-11-09T23:30:00.000Z">10 nov. 2026<');
});

describe('the clocks of the school', () => {
  const placed = '2026-11-09T23:30:00.000Z';
  const order = { ...(table['GET /orders'] as object[])[0], created_at: placed };

  test('write the times of what somebody did', async () => {
    const visitor = await visiting('student', { 'GET /orders': [order] });
    expect((await visitor.get('/portal/orders')).text).toContain('10 nov. 2026, 00:30');
  });

  test('are asked for once, and kept by the browser', async () => {
    const visitor = await visiting('admin');
    await visitor.get('/portal/orders');
    expect(visitor.jar.get('__Host-campus-zone')).toBe('Europe%2FParis');
    services.requests.length = 0;
    await visitor.get('/portal/orders');
    expect(services.requests.map(({ url }) => url)).not.toContain('/school');
  });

  test.each(['Mars/Olympus', '', '<script>'])('are asked for again where the browser keeps %j', async (kept) => {
    const visitor = await visiting('student', { 'GET /orders': [order] });
    visitor.jar.set('__Host-campus-zone', encodeURIComponent(kept));
    expect((await visitor.get('/portal/orders')).text).toContain('10 nov. 2026, 00:30');
  });

  test.each([
    ['has begun where it is the first of November', 'Europe/Paris', true],
    ['has not where it is still October', 'Africa/Dakar', false],
  ])('say which day it is: a term %s', async (_, time_zone, hasBegun) => {
    jest.spyOn(clock, 'now').mockReturnValue(Date.parse('2026-10-31T23:30:00Z'));
    for (const [role, path] of [['teacher', LIST] as const, ['student', '/portal/marks'] as const]) {
      const visitor = await visiting(role, { 'GET /school': { time_zone } });
      expect((await visitor.get(path)).text.includes('term=t2')).toBe(hasBegun);
    }
  });

  test('are those of UTC for a minute where the school cannot be asked: no page waits for it again', async () => {
    const visitor = await visiting('student', {
      'GET /orders': [order],
      'GET /school': refuses(500, 'internal_error'),
    });
    const { text, cookies } = await visitor.get('/portal/orders');
    expect(text).toContain('9 nov. 2026, 23:30');
    expect(cookies).toContainEqual(expect.stringContaining('__Host-campus-zone=UTC; Max-Age=60;'));
  });

  test('do not move a date, which has no time', () => {
    expect(day('2009-02-15', { language: 'fr', zone: 'America/New_York' })).toBe('15 févr. 2009');
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { clock } from '../../../platform/base/clock.ts';
import { dynamo } from '../../../platform/data/client.ts';
import { admin, call } from '../../../tests/support/call.ts';
import { behaveAs, type Councils, yearTerm } from '../../../tests/support/councils.ts';
import { type Intervention, intervening, meanwhile, sdkError } from '../../../tests/support/faults.ts';
import { FAULTS, type PeerStub, refuses, startPeer } from '../../../tests/support/peer.ts';
import { at, classOf, newClass, ROLLS_AT, rollOver, stays } from '../../../tests/support/school-year.ts';
import { read } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler } from '../rollover.ts';
import { handler as studentHandler } from '../students.ts';

let grades: PeerStub;

beforeAll(async () => {
  await createContext('registration', 'grades');
  grades = await startPeer();
});
afterAll(() => grades.stop());

const councils = (known: Partial<Councils> = {}) => behaveAs(grades, { terms: [yearTerm('2025-2026')], ...known });

beforeEach(() => {
  at(ROLLS_AT);
  councils();
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('the grades service', () => {
  test('is asked with the caller’s token for the sheets of the classes that move, page after page', async () => {
    const [from, to] = ['Tle É/1', newClass()];
    const ids = await classOf(5, from);
    councils({
      terms: [yearTerm('2024-2025'), yearTerm('2025-2026'), yearTerm('2026-2027', 'open')],
      sheets: { [from]: ids.map((student_id) => ({ student_id, decision: 'repeats' })) },
      page: 2,
    });
    const { body } = await call(handler, 'POST /students/rollover', {
      as: admin,
      body: { from: '2025-2026', to: '2026-2027', moves: [{ class_name: from, to }] },
      headers: { Authorization: 'Bearer abc' },
    });
    expect(body.counts.repeats).toBe(5);
    const asked = grades.requests.map(({ url = '' }) => url);
    expect(asked.filter((url) => url.startsWith('/terms'))).toHaveLength(2);
    expect(asked.filter((url) => url.includes('/sheets'))).toEqual([
      '/classes/Tle%20%C3%89%2F1/sheets?term=year-2025-2026&limit=200',
      '/classes/Tle%20%C3%89%2F1/sheets?term=year-2025-2026&limit=200&cursor=2',
      '/classes/Tle%20%C3%89%2F1/sheets?term=year-2025-2026&limit=200&cursor=4',
    ]);
    expect(grades.requests.every(({ headers }) => headers.authorization === 'Bearer abc')).toBe(true);
  });

  let minutes = 0;

  test.each(Object.entries({ ...FAULTS, 'has no such route': refuses(404, 'not_found') }))(
    'that %s is 503 with Retry-After, and nothing has changed',
    async (_, fault) => {
      const [from, to] = [newClass(), newClass()];
      const [id = 0] = await classOf(1, from);
      // The breaker that earlier faults opened has closed again by then, and before the hour of the other tests.
      minutes += 1;
      at(`2026-09-01T06:${String(minutes).padStart(2, '0')}:00Z`);
      grades.behave(fault);
      const { status, headers, body } = await rollOver({ moves: [{ class_name: from, to }] });
      expect([status, body.code, Number(headers['Retry-After']) > 0]).toEqual([503, 'peer_unavailable', true]);
      expect(grades.requests.length).toBeGreaterThan(0);
      expect(await stays(id)).toEqual([`2025-2026 ${from}`]);
    },
  );
});

describe('broken off', () => {
  /** Lets so many transactions through, and none after them: what a process that is killed leaves behind. */
  function dyingAfter(transactions: number): Intervention {
    let left = transactions;
    return (command, proceed) => {
      if (command !== 'TransactWriteItems') return proceed();
      left -= 1;
      return left < 0 ? Promise.reject(sdkError('TimeoutError', { code: 'ECONNRESET' })) : proceed();
    };
  }

  test('half way, everybody is in one year or in the other, and the same again goes on with the rest', async () => {
    const [from, to] = [newClass(), newClass()];
    const ids = await classOf(75, from);
    const body = { moves: [{ class_name: from, to }] };
    const { status } = await intervening(dynamo, dyingAfter(1), () => rollOver(body));
    expect(status).toBe(503);
    const half = await Promise.all(ids.map(stays));
    expect(half.filter((all) => all.length === 2)).toHaveLength(25);
    const { body: after } = await rollOver(body);
    expect([after.complete, after.students.length]).toEqual([true, 75]);
    const whole = await Promise.all(ids.map(stays));
    expect(whole).toEqual(Array(75).fill([`2025-2026 ${from} promoted`, `2026-2027 ${to}`]));
  });

  test('by its own clock, it says that it is not complete, and the same call goes on', async () => {
    const [from, to] = [newClass(), newClass()];
    const ids = await classOf(30, from);
    const now = Date.parse('2026-09-01T08:00:00Z');
    let asked = 0;
    const late: Intervention = (command, proceed) => {
      if (command === 'BatchGetItem') asked += 1;
      jest.spyOn(clock, 'now').mockReturnValue(now + 21_000);
      return proceed();
    };
    const first = await intervening(dynamo, late, () => rollOver({ moves: [{ class_name: from, to }] }));
    expect([first.status, first.body.complete, first.body.students.length, asked]).toEqual([200, false, 30, 0]);
    at('2026-09-01T08:00:00Z');
    const { body } = await rollOver({ moves: [{ class_name: from, to }] });
    expect([body.complete, body.students.length]).toEqual([true, 30]);
    expect((await stays(ids[29] ?? 0)).length).toBe(2);
  });

  test('two at once leave one line of the next year each', async () => {
    const [from, to] = [newClass(), newClass()];
    const ids = await classOf(30, from);
    const body = { moves: [{ class_name: from, to }] };
    const answers = await Promise.all([rollOver(body), rollOver(body)]);
    expect(answers.map(({ body: { complete } }) => complete)).toEqual([true, true]);
    expect(await Promise.all(ids.map(stays))).toEqual(
      Array(30).fill([`2025-2026 ${from} promoted`, `2026-2027 ${to}`]),
    );
  });

  test.each([
    ['changed', (id: number) => call(studentHandler, `PATCH /students/${id}`, { as: admin, body: { sex: 'F' } })],
    ['deleted', (id: number) => call(studentHandler, `DELETE /students/${id}`, { as: admin })],
  ])('by nobody who %s a student meanwhile', async (_, change) => {
    const [from, to] = [newClass(), newClass()];
    const [id = 0, other = 0] = await classOf(2, from);
    const { status, body } = await intervening(
      dynamo,
      meanwhile('TransactWriteItems', () => change(id)),
      () => rollOver({ moves: [{ class_name: from, to }] }),
    );
    expect([status, body.complete]).toEqual([200, true]);
    expect((await stays(other)).length).toBe(2);
    const { status: found, body: one } = await read(id);
    if (found === 200) expect([one.sex, one.class_name]).toEqual(['F', to]);
    else expect(body.students).toHaveLength(1);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { admin, call, guardian, student, teacher } from '../../../tests/support/call.ts';
import { json, type PeerStub, refuses, startPeer } from '../../../tests/support/peer.ts';
import { registered } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler } from '../exports.ts';

let peer: PeerStub;
let id: number;

/** What the other contexts answer, by path. */
let answers: Record<string, unknown>;

beforeAll(async () => {
  await createContext('registration', 'grades');
  peer = await startPeer();
  peer.behave(json(200, { username: 'victor', role: 'student' }));
  id = await registered({ name: 'Victor Lefèvre', username: 'victor' });
});
afterAll(() => peer.stop());

beforeEach(() => {
  answers = {
    '/terms': [{ id: 'year' }, { id: 't1', parent: 'year' }, { id: 't2', parent: 'year' }],
    [`/grades/${id}?term=t1`]: { term: { id: 't1' }, general: 12.5 },
    [`/grades/${id}/report-cards`]: [{ version: 1 }],
    '/users/victor': { username: 'victor', email: 'victor@campus.example' },
    '/orders?username=victor': [{ id: 'order' }],
    '/persons/owned?username=victor': [{ id: 7, name: 'Victor' }],
    '/health/7': { weight: 70 },
    '/health/7/history': [{ bmi: 22 }],
    '/health/7/access-log': [{ username: 'admin' }],
  };
  peer.behave(answer);
});

const answer: Parameters<PeerStub['behave']>[0] = (request, response) => {
  const told = answers[String(request.url).replace(/[?&]limit=200/, '')];
  (told === undefined ? refuses(404, 'nothing_here') : json(200, told))(request, response);
};

const exported = (as = admin) => call(handler, `GET /students/${id}/export`, { as });

describe('everything of one person', () => {
  test('is what each context tells, in one file', async () => {
    const { status, body, headers } = await exported();
    expect(status).toBe(200);
    expect(headers['Content-Disposition']).toMatch(/^attachment; filename="Victor Lefevre \d{4}-\d\d-\d\d\.json"/);
    expect(body).toMatchObject({
      made_by: 'admin',
      student: { id, name: 'Victor Lefèvre', username: 'victor' },
      ledger: { student_id: id },
      guardian_namings: [],
      terms: [{ general: 12.5 }],
      report_cards: [{ version: 1 }],
      account: { email: 'victor@campus.example' },
      orders: [{ id: 'order' }],
      persons: [{ id: 7, health: { current: { weight: 70 }, measurements: [{ bmi: 22 }], accesses: [{}] } }],
    });
    expect(body.left_out).toHaveLength(2);
  });

  test('is asked for with the caller’s token, of terms that marks stand in only', async () => {
    await call(handler, `GET /students/${id}/export`, { as: admin, headers: { Authorization: 'Bearer theirs' } });
    expect(new Set(peer.requests.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer theirs']));
    const reports = peer.requests.map(({ url }) => url).filter((url) => url?.startsWith(`/grades/${id}?`));
    expect(reports.sort()).toEqual([`/grades/${id}?term=t1`, `/grades/${id}?term=t2`]);
  });

  test('tells the student no more than they see: who looked, and who named whom, is for admins', async () => {
    const { status, body } = await exported(student('victor'));
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('guardian_namings');
    expect(body.persons[0].health).not.toHaveProperty('accesses');
    expect(peer.requests.map(({ url }) => url).filter((url) => url?.includes('access-log'))).toEqual([]);
  });

  test('asks few at a time, of many persons too: health asks another context for each', async () => {
    answers['/persons/owned?username=victor'] = Array.from({ length: 40 }, (_, i) => ({ id: i + 1 }));
    let [asked, most] = [0, 0];
    peer.behave((request, response) => {
      const url = String(request.url);
      most = Math.max(most, ++asked);
      setTimeout(() => {
        asked -= 1;
        if (!url.startsWith('/health/')) answer(request, response);
        else json(200, url.includes('limit') ? [] : {})(request, response);
      }, 5);
    });
    const { body } = await exported();
    expect(body.persons.map((one: { id: number }) => one.id)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(most).toBe(4);
  });

  test('asks nothing of an account where there is none', async () => {
    id = await registered({ name: 'Sans compte' });
    const { body } = await exported();
    expect(body).toMatchObject({ terms: [], report_cards: [], orders: [], persons: [] });
    expect(peer.requests.map(({ url }) => url).filter((url) => /users|orders|persons|health/.test(url ?? ''))).toEqual(
      [],
    );
  });

  test('is refused whole where a context does not answer: nothing is left out in silence', async () => {
    peer.behave(refuses(500, 'internal_error'));
    expect(await exported()).toMatchObject({ status: 503, body: { code: 'peer_unavailable' } });
  });

  test('is for admins and the student', async () => {
    for (const as of [teacher, guardian(), student('kilian2')])
      expect(await exported(as)).toMatchObject({ status: 404, body: { code: 'student_not_found' } });
  });
});

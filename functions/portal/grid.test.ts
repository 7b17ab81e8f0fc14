import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { FAULTS, json, type PeerStub, refuses, startPeer } from '../../tests/support/peer.ts';
import { ASSESSMENT, accessToken, answering, servicesSaying } from '../../tests/support/services.ts';
import { hiddenFields, type PageAnswer, toHandler, Visitor } from '../../tests/support/visitor.ts';
import { entryOf, spreadOf } from './pages/results.ts';
import { handler } from './portal.ts';

describe('what is typed into a cell', () => {
  test.each([
    ['12,5', { score: 12.5 }],
    [' 12.25 ', { score: 12.25 }],
    ['0', { score: 0 }],
    ['', { score: null }],
    ['a', { status: 'absent' }],
    ['D', { status: 'exempt' }],
    ['n', { status: 'missing' }],
    ['12,555', undefined],
    ['-3', undefined],
    ['1e3', undefined],
    ['douze', undefined],
  ])('%j is %j', (text, entry) => {
    expect(entryOf(text)).toEqual(entry);
  });
});

test('the spread is of scores and of what was not handed in; the highest mark stands in the last bar', () => {
  const entries = ['20', '10', '10,5', 'a', 'd', '', 'n', 'x', '21'].map(entryOf);
  const { count, mean, median, bins } = spreadOf(entries, 20);
  expect([count, mean, median]).toEqual([4, 10.125, 10.25]);
  expect(bins.flatMap((one, i) => (one > 0 ? [[i, one]] : []))).toEqual([
    [0, 1],
    [10, 2],
    [19, 1],
  ]);
  expect(spreadOf([], 20)).toMatchObject({ count: 0, mean: undefined, median: undefined });
});

describe('the grid as one form', () => {
  const path = `/portal/classes/4eB/assessments/${ASSESSMENT}`;
  const put = `PUT /assessments/${ASSESSMENT}/results`;
  const table = servicesSaying('Awa');
  let services: PeerStub;
  let teacher: Visitor;
  let shown: PageAnswer;

  beforeAll(async () => {
    services = await startPeer();
  });
  beforeEach(async () => {
    entered = [];
    services.behave(taking([]));
    teacher = new Visitor(toHandler(handler), { forms: { 'Sec-Fetch-Site': 'same-origin' } });
    teacher.jar.set('__Host-campus-access', `teacher~${await accessToken('victor')}`);
    shown = await teacher.get(path);
  });
  afterAll(() => services.stop());

  /** Sends the form with what is typed into it over what stands. */
  const typed = (cells: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>) =>
    teacher.post(path, { ...hiddenFields(shown.text, path), 'score-1': '12,5', 'score-2': '', ...cells }, headers);
  let entered: unknown[];
  /** The service that takes results, and tells this of them. */
  const taking = (outcomes: readonly unknown[]) =>
    answering({
      ...table,
      [put]: async (request: IncomingMessage, response: ServerResponse) => {
        entered.push(JSON.parse(await text(request)));
        json(200, outcomes)(request, response);
      },
    });

  test('sends what was touched, onto the version that was shown, and keeps the comment', async () => {
    services.behave(taking([{ student_id: 1, result: 'stored' }]));
    const { status, text: page } = await typed({ 'score-1': '13' });
    expect(status).toBe(200);
    expect(entered).toEqual([[{ student_id: 1, version: 3, score: 13, comment: 'Awa' }]]);
    expect(page).toContain('1 ligne(s) enregistrée(s)');
  });

  test('what nobody touched is not sent: a colleague’s change of it is no conflict', async () => {
    await typed({});
    expect(entered).toEqual([]);
  });

  test('tells of each line what became of it, and what was typed stays', async () => {
    const current = { score: 8, author: 'colette', at: '2026-11-09T08:30:00.000Z', version: 4 };
    const outcomes = [
      { student_id: 1, result: 'stale_version', current },
      { student_id: 2, result: 'refused', code: 'score_above_out_of' },
    ];
    services.behave(taking(outcomes));
    shown = await typed({ 'score-1': '14', 'score-2': '21' });
    expect(shown.text).toContain('colette a saisi 8 entre-temps');
    expect(shown.text).toContain('au-dessus du maximum');
    expect(shown.text).toMatch(/name="score-1" value="14"/);
    expect(shown.text).toMatch(/name="score-2" value="21"/);
    // The other's value was shown: the same form again stands over it, or leaves it.
    expect(hiddenFields(shown.text, path)).toMatchObject({ 'version-1': '4' });
    entered = [];
    await typed({ 'score-1': '14', 'theirs-1': 'yes', 'score-2': 'x' });
    expect(entered).toEqual([]);
  });

  test('tells a script in JSON', async () => {
    services.behave(taking([{ student_id: 1, result: 'stored' }]));
    const headers = { 'Sec-Fetch-Site': 'same-origin', Accept: 'application/json' };
    const { headers: answered, text: told } = await typed({ 'score-1': '13', 'score-2': 'douze' }, headers);
    expect(answered['content-type']).toBe('application/json');
    expect(JSON.parse(told).rows).toMatchObject([
      { id: 2, kind: 'unsaved' },
      { id: 1, kind: 'saved', version: 4 },
    ]);
  });

  test('where the term was closed meanwhile, says so beside what was typed', async () => {
    services.behave(answering({ ...table, [put]: refuses(409, 'term_closed') }));
    const { text: page } = await typed({ 'score-1': '13' });
    expect(page).toMatch(/name="score-1" value="13"/);
    expect(page).toContain('Pas enregistré');
  });

  test('where no service answers, what was typed waits in the answer', async () => {
    services.behave(answering({ ...table, [put]: FAULTS['answers 500'] }));
    const { status, text: page } = await typed({ 'score-1': '13' });
    expect(status).toBe(503);
    expect(hiddenFields(page, path)).toMatchObject({ 'score-1': '13', 'version-1': '3' });
  });

  test('for forty students is no more than 14 KB with its style and scripts', async () => {
    const names = ['Aminata Thiam', 'Élodie Girard', 'Cheikh Ahmadou Bamba Mbaye', 'Ndèye Coumba Fall', 'Hugo Martin'];
    const results = Array.from({ length: 40 }, (_, i) => ({
      ...{ student_id: 1000 + i * 7, name: `${names[i % names.length]} ${i}`, score: (i * 7.25) % 20, version: i % 3 },
    }));
    services.behave(answering({ ...table, [`GET /assessments/${ASSESSMENT}/results`]: results }));
    const grid = await teacher.get(path);
    const files = ['style.css', 'portal.js', 'grid.js'].map((name) => teacher.get(`/portal/assets/${name}`));
    const texts = [grid, ...(await Promise.all(files))].map((one) => one.text);
    expect(texts.reduce((sum, one) => sum + gzipSync(one).length, 0)).toBeLessThanOrEqual(14 * 1024);
    expect(texts.reduce((sum, one) => sum + one.length, 0)).toBeLessThanOrEqual(100 * 1024);
  });

  describe('after the session has ended', () => {
    const login = async (username: string) => ({
      ...{ access_token: await accessToken(username), refresh_token: 'r', expires_in: 900, role: 'teacher' },
    });

    test('it waits in the sign-in, comes back on its page, and is stored by the same button', async () => {
      teacher.jar.delete('__Host-campus-access');
      const asked = await typed({ 'score-1': '13' });
      expect(asked.status).toBe(401);
      expect(asked.text).toContain('n’est pas encore enregistré');
      const wrong = answering({ ...table, 'POST /auth/login': refuses(401, 'invalid_credentials') });
      services.behave(wrong);
      const again = await teacher.submit(asked, '/', { username: 'victor', password: 'wrong' });
      services.behave(answering({ ...table, 'POST /auth/login': json(200, await login('victor')) }));
      const back = await teacher.submit(again, '/', { username: 'victor', password: '1234' });
      const grid = await teacher.submit(back, path);
      expect(grid.text).toMatch(/name="score-1" value="13"/);
      expect(entered).toEqual([]);
      services.behave(taking([{ student_id: 1, result: 'stored' }]));
      shown = grid;
      await typed({ 'score-1': '13' });
      expect(entered).toEqual([[{ student_id: 1, version: 3, score: 13, comment: 'Awa' }]]);
    });

    test('a form whose page does not show it again is sent by a button that says so', async () => {
      const account = '/portal/account';
      shown = await teacher.get(account);
      teacher.jar.delete('__Host-campus-access');
      const asked = await teacher.submit(shown, account, { first_name: 'Anta', last_name: 'Ndao' });
      services.behave(answering({ ...table, 'POST /auth/login': json(200, await login('victor')) }));
      const back = await teacher.submit(asked, '/', { username: 'victor', password: '1234' });
      expect(back.text).toContain('Envoyer maintenant');
      expect(hiddenFields(back.text, account)).toMatchObject({ first_name: 'Anta', last_name: 'Ndao' });
    });

    test('a form into which nothing was typed, or a password, waits nowhere', async () => {
      const token = hiddenFields(shown.text, path);
      teacher.jar.delete('__Host-campus-access');
      for (const [address, fields] of [
        ['/buy/1', { key: 'k', offer: '1500 XOF' }],
        ['/portal/account/password', { old_password: 'old', password: 'new', password_again: 'new' }],
        ['/logout', {}],
      ] as const) {
        const { status, text: told } = await teacher.post(address, { form_token: token.form_token ?? '', ...fields });
        expect([address, status, told]).toEqual([address, 303, '']);
      }
    });

    test('it is handed to nobody else', async () => {
      teacher.jar.delete('__Host-campus-access');
      const asked = await typed({ 'score-1': '13' });
      services.behave(answering({ ...table, 'POST /auth/login': json(200, await login('colette')) }));
      const back = await teacher.submit(asked, '/', { username: 'colette', password: '1234' });
      expect([back.status, back.headers.location]).toEqual([303, path]);
    });
  });
});

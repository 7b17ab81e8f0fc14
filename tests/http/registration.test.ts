import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '../../project/until.ts';
import { call, logIn } from '../support/http.ts';

type Role = 'admin' | 'teacher' | 'student';

const tokens = {} as Record<Role, string>;

beforeAll(async () => {
  const accounts = [
    ['admin', 'admin'],
    ['prof', 'prof'],
    ['victor', '1234'],
  ] as const;
  const [admin, teacher, student] = await Promise.all(accounts.map(([name, password]) => logIn(name, password)));
  Object.assign(tokens, { admin, teacher, student });
});

const someEmail = (): string => `${randomUUID()}@campus.example`;

const register = (particulars: object = {}, token = tokens.admin) =>
  call('POST', '/register', { token, body: { name: 'Awa Ba', email: someEmail(), ...particulars } });

const registered = async (): Promise<number> => (await register()).body.id;

/** Calls again until the answer is as hoped. */
async function eventually<T>(ask: () => Promise<T>, hoped: (answer: T) => boolean): Promise<T> {
  let answer = await ask();
  await until(async () => {
    if (!hoped(answer)) answer = await ask();
    return hoped(answer);
  });
  return answer;
}

const marksOf = (id: number) => call('GET', `/get_grades/${id}`, { token: tokens.teacher });

/** An account of their own, and the token of its session. */
async function someAccount(): Promise<{ username: string; token: string }> {
  const [username, password] = [`u${randomUUID().slice(0, 8)}`, 'correct horse battery'];
  await call('POST', '/users', { body: { username, password } });
  return { username, token: await logIn(username, password) };
}

test('staff register anybody, a student themself and once', async () => {
  expect((await register({}, tokens.teacher)).status).toBe(201);
  const { username, token } = await someAccount();
  expect((await register({ username: 'victor' }, token)).status).toBe(403);
  const { status, body } = await register({}, token);
  expect(status).toBe(201);
  expect((await register({}, token)).body.code).toBe('account_already_registered');
  expect((await call('POST', '/register', { body: {} })).status).toBe(401);
  const own = await call('GET', `/students/${body.id}`, { token });
  expect([own.status, own.body.username]).toEqual([200, username]);
  expect((await call('POST', `/pay/${body.id}`, { token })).body.code).toBe('forbidden');
  const paid = await call('POST', `/pay/${body.id}`, { token, body: { method: 'transfer' } });
  expect(paid.body).toEqual({ message: 'Paiement confirmé' });
  expect((await call('GET', `/students/${body.id}/payments`, { token })).body.balance).toBe(0);
});

describe('the words of the source document', () => {
  test('register, pay, notify, list', async () => {
    const email = someEmail();
    const made = await register({ name: 'Jean Dupont', email });
    expect([made.status, made.body]).toEqual([
      201,
      { message: 'Etudiant enregistré avec succès', id: expect.any(Number) },
    ]);
    const { id } = made.body;
    expect(made.headers.get('location')).toMatch(new RegExp(`/students/${id}$`));
    const paid = await call('POST', `/pay/${id}`, { token: tokens.admin });
    expect([paid.status, paid.body]).toEqual([200, { message: 'Paiement confirmé' }]);
    const told = await call('POST', `/notify_grades/${id}`, { token: tokens.admin });
    expect(told.body).toEqual({
      status: 'notification envoyée',
      grades_response: { message_id: expect.any(String), queued: true },
    });
    const list = await call('GET', '/students?last_name=dupont&limit=200', { token: tokens.admin });
    expect(list.body).toContainEqual(expect.objectContaining({ id, name: 'Jean Dupont', email, paid: true }));
  });

  test('a student of nowhere is 404 as a problem', async () => {
    const { status, body, headers } = await call('POST', '/pay/999999', { token: tokens.admin });
    expect([status, body.code]).toEqual([404, 'student_not_found']);
    expect(headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('what the grades service hears', () => {
  test('of a student when they are notified, and of each change from then on; marks survive all of it', async () => {
    const id = await registered();
    expect((await marksOf(id)).status).toBe(404);
    await call('POST', `/notify_grades/${id}`, { token: tokens.admin });
    await eventually(
      () => marksOf(id),
      ({ status }) => status === 200,
    );
    await call('POST', `/add_grade/${id}`, { token: tokens.teacher, body: { grade: 15.5 } });
    await call('POST', `/notify_grades/${id}`, { token: tokens.admin });
    await call('PATCH', `/students/${id}`, { token: tokens.admin, body: { name: 'Awa Sy' } });
    const renamed = await eventually(
      () => marksOf(id),
      ({ body }) => body.name === 'Awa Sy',
    );
    expect(renamed.body).toEqual({ name: 'Awa Sy', grades: [15.5] });
    await call('DELETE', `/students/${id}`, { token: tokens.admin });
    expect(
      (
        await eventually(
          () => marksOf(id),
          ({ status }) => status === 404,
        )
      ).status,
    ).toBe(404);
  });

  test('of the demo students, two classes of them, one of them victor', async () => {
    const { body } = await call('GET', '/students?class_name=terminale%20s1&last_name=lefevre', {
      token: tokens.teacher,
    });
    expect(body).toEqual([expect.objectContaining({ name: 'Victor Lefèvre', username: 'victor', notified: true })]);
    const others = await call('GET', '/students?class_name=terminale%20l2', { token: tokens.teacher });
    // The other files share this school, and may have enrolled somebody of theirs in the same class.
    const demo = others.body.filter(({ email }: { email?: string }) => email?.endsWith('@campus.example'));
    expect(demo).toHaveLength(8);
    const { id } = body[0];
    expect((await call('GET', `/students/${id}`, { token: tokens.student })).status).toBe(200);
    const marks = await eventually(
      () => marksOf(id),
      ({ status }) => status === 200,
    );
    expect(marks.body.name).toBe('Victor Lefèvre');
  });
});

describe('a year of students', () => {
  const ask = (method: string, path: string, body?: unknown) =>
    call(method, path, { token: tokens.admin, ...(body !== undefined && { body }) });

  test('one moves, leaves, is out of the list, and comes back', async () => {
    const id = await registered();
    const class_name = `Classe ${randomUUID()}`;
    await ask('PATCH', `/students/${id}`, { class_name, from: '2026-10-01' });
    const moved = await ask('PATCH', `/students/${id}`, { class_name: `${class_name} bis`, from: '2026-11-10' });
    expect(moved.body.enrolments.map(({ from, to }: Record<string, string>) => [from, to])).toEqual([
      ['2026-10-01', '2026-11-09'],
      ['2026-11-10', undefined],
    ]);
    const inClass = async () => (await ask('GET', `/students?class_name=${class_name} bis`)).body.length;
    expect(await inClass()).toBe(1);
    const left = await ask('POST', `/students/${id}/leave`, { on: '2026-11-20', reason: 'Déménagement' });
    expect([left.status, left.body.status, await inClass()]).toEqual([200, 'left', 0]);
    await ask('PATCH', `/students/${id}`, { class_name: `${class_name} bis` });
    expect(await inClass()).toBe(1);
  });

  test('the next one begins once the grades service has closed this one, which it is asked over HTTP', async () => {
    const rollOver = (from: string, to: string, query = '') => ask('POST', `/students/rollover${query}`, { from, to });
    const { status, body } = await rollOver('2026-2027', '2027-2028', '?dry_run=true');
    expect([status, body.open_terms.map(({ name }: { name: string }) => name)]).toEqual([
      200,
      expect.arrayContaining(['2026-2027']),
    ]);
    expect((await rollOver('2026-2027', '2027-2028')).body.code).toBe('year_not_closed');
    expect((await rollOver('2025-2026', '2026-2027')).status).toBe(200);
  });
});

describe('over the wire', () => {
  test('pages follow their Link', async () => {
    const first = await call('GET', '/students?limit=3', { token: tokens.admin });
    expect(first.body).toHaveLength(3);
    const next = /<(.*)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await call('GET', next, { token: tokens.admin });
    expect(second.status).toBe(200);
    expect(second.body[0].id).toBeGreaterThan(first.body[2].id);
    expect((await call('GET', next, { token: tokens.teacher })).body.code).toBe('invalid_cursor');
  });

  test('twenty payments at once are one', async () => {
    const id = await registered();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => call('POST', `/pay/${id}`, { token: tokens.admin })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const { body } = await call('GET', `/students/${id}/payments`, { token: tokens.admin });
    expect(body.payments).toHaveLength(1);
  });

  test.each([0, false, '', null, []])('%j is a body, and not the lack of one', async (body) => {
    const id = await registered();
    const { status, body: refusal } = await call('POST', `/pay/${id}`, { token: tokens.admin, body });
    expect([status, refusal.code]).toEqual([400, 'invalid_input']);
    expect((await call('GET', `/students/${id}`, { token: tokens.admin })).body.paid).toBe(false);
  });

  test('an ETag guards a change', async () => {
    const id = await registered();
    const { headers } = await call('GET', `/students/${id}`, { token: tokens.admin });
    const change = () =>
      call('PATCH', `/students/${id}`, {
        token: tokens.admin,
        body: { class_name: 'Tagged' },
        headers: { 'If-Match': headers.get('etag') ?? '' },
      });
    expect([(await change()).status, (await change()).status]).toEqual([200, 412]);
  });

  test('a phone is found whether its + is escaped or not', async () => {
    const phone = `+22177${String(Date.now()).slice(-7)}`;
    const { body } = await register({ phone });
    for (const written of [phone, encodeURIComponent(phone)]) {
      const found = await call('GET', `/students?phone=${written}`, { token: tokens.admin });
      expect(found.body).toEqual([expect.objectContaining({ id: body.id, phone })]);
    }
  });

  test.each(['0', '-1', '1.5', '%00', '9007199254740992', 'abc'])('the id %s is 400 or 404, never 500', async (id) => {
    for (const [method, path] of [
      ['GET', `/students/${id}`],
      ['GET', `/students/${id}/payments`],
      ['PATCH', `/students/${id}`],
      ['DELETE', `/students/${id}`],
      ['POST', `/pay/${id}`],
      ['POST', `/notify_grades/${id}`],
    ] as const) {
      const { status } = await call(method, path, { token: tokens.admin, ...(method === 'PATCH' && { body: {} }) });
      expect([400, 404]).toContain(status);
    }
  });

  test('a body over 1 MB is 413', async () => {
    const { status } = await register({ name: 'A'.repeat(1_200_000) });
    expect(status).toBe(413);
  });
});

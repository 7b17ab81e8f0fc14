import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { clock } from '../../../platform/base/clock.ts';
import { key } from '../../../platform/data/key.ts';
import { admin, call, student, teacher } from '../../../tests/support/call.ts';
import { knowEverybody, NOBODY, startAccounts } from '../../../tests/support/holders.ts';
import { FAULTS, type PeerStub } from '../../../tests/support/peer.ts';
import { read, register, registered, someEmail } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler } from '../students.ts';
import { table } from '../table.ts';

let accounts: PeerStub;

beforeAll(async () => {
  await createContext('registration', 'grades');
  accounts = await startAccounts();
});
beforeEach(() => knowEverybody(accounts));
afterAll(() => accounts.stop());

let names = 0;
const someone = (): string => `claimer${++names}`;

const patch = (id: number, body: object) => call(handler, `PATCH /students/${id}`, { as: admin, body });
const issue = (id: number, as = admin) => call(handler, `POST /students/${id}/claim-code`, { as });
const claim = (code: string, username = someone()) =>
  call(handler, 'POST /students/claim', { as: student(username), body: { code } });

const codeFor = async (id: number): Promise<string> => (await issue(id)).body.code;

describe('a username that nobody has', () => {
  test('is bound to no record, so that nobody inherits it by signing up', async () => {
    const email = someEmail();
    expect(await register({ email, username: NOBODY })).toMatchObject({
      status: 409,
      body: { code: 'unknown_username' },
    });
    expect((await register({ email })).status).toBe(201);
    const id = await registered();
    expect(await patch(id, { username: NOBODY })).toMatchObject({ status: 409, body: { code: 'unknown_username' } });
    expect((await read(id)).body).not.toHaveProperty('username');
  });

  test('is told from one that the accounts service did not answer for', async () => {
    const id = await registered();
    accounts.behave(FAULTS['answers 500'] as never);
    const answers = [await register({ username: 'someone' }), await patch(id, { username: 'someone' })];
    for (const answer of answers) expect(answer).toMatchObject({ status: 503, body: { code: 'peer_unavailable' } });
    expect((await read(id)).body).not.toHaveProperty('username');
  });

  test('is asked for with the caller’s token, and only where the name is new', async () => {
    const username = someone();
    const id = await registered({ username });
    knowEverybody(accounts);
    const headers = { Authorization: 'Bearer mine' };
    for (const body of [{ username }, { class_name: '3B' }, { username: null }, { username: someone() }])
      expect((await call(handler, `PATCH /students/${id}`, { as: admin, body, headers })).status).toBe(200);
    expect(accounts.requests.map(({ headers: sent }) => sent.authorization)).toEqual(['Bearer mine']);
  });

  test('an admin’s account is bound by an admin only', async () => {
    const body = { name: 'Ali Ba', email: someEmail(), username: 'director' };
    const byTeacher = await call(handler, 'POST /register', { as: teacher, body });
    expect(byTeacher).toMatchObject({ status: 409, body: { code: 'unknown_username' } });
    expect((await call(handler, 'POST /register', { as: admin, body })).status).toBe(201);
  });
});

describe('a claim code', () => {
  test('binds the record to whoever sends it, once, however it is spelled', async () => {
    const id = await registered();
    const { status, body, headers } = await issue(id);
    expect([status, headers.Location]).toEqual([201, `/students/${id}`]);
    expect(body.code).toMatch(new RegExp(`^${id}(-[0-9A-HJKMNP-TV-Z]{4}){3}$`));
    expect(Date.parse(body.expires_at) / clock.now()).toBeCloseTo(1, 1);
    const username = someone();
    const answer = await claim(` ${body.code.toLowerCase().replaceAll('0', 'o').replaceAll('-', ' ')}`, username);
    expect(answer).toMatchObject({ status: 200, body: { id, username } });
    expect((await call(handler, `GET /students/${id}`, { as: student(username) })).status).toBe(200);
    expect(await claim(body.code)).toMatchObject({ status: 404, body: { code: 'claim_code_not_found' } });
    expect(await issue(id)).toMatchObject({ status: 409, body: { code: 'already_claimed' } });
    await patch(id, { username: null });
    expect(await claim(body.code)).toMatchObject({ status: 404, body: { code: 'claim_code_not_found' } });
  });

  test('is nowhere kept as it is', async () => {
    const id = await registered();
    const code = await codeFor(id);
    const kept = await table.get({ pk: key`CLAIM_CODE#${id}`, sk: key`CLAIM_CODE` });
    expect(kept).toMatchObject({ digest: expect.any(String), ttl: expect.any(Number) });
    expect(JSON.stringify(kept)).not.toContain(code.replaceAll('-', '').slice(-12));
  });

  test('that is wrong, replaced, expired or another record’s answers alike', async () => {
    const id = await registered();
    const old = await codeFor(id);
    const live = await codeFor(id);
    const other = await codeFor(await registered());
    const crossed = `${id}${other.slice(other.indexOf('-'))}`;
    const refusals = [];
    for (const code of ['x', '0', `${id}`, `999999${live.slice(live.indexOf('-'))}`, crossed, old])
      refusals.push(await claim(code));
    const now = clock.now;
    clock.now = () => now() + 31 * 24 * 3600 * 1000;
    refusals.push(await claim(live));
    clock.now = now;
    const told = refusals.map(({ status, body }) => JSON.stringify([status, { ...body, request_id: '' }]));
    expect(new Set(told).size).toBe(1);
    expect(refusals[0]).toMatchObject({ status: 404, body: { code: 'claim_code_not_found' } });
    expect((await claim(live)).status).toBe(200);
  });

  test('serves one of twenty who send it at once', async () => {
    const code = await codeFor(await registered());
    const answers = await Promise.all(Array.from({ length: 20 }, () => claim(code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(404)]);
  });

  test('serves nobody once the record has a holder, nor whoever has a record already', async () => {
    const id = await registered();
    const code = await codeFor(id);
    const holder = someone();
    await registered({ username: holder });
    expect(await claim(code, holder)).toMatchObject({ status: 409, body: { code: 'account_already_registered' } });
    await patch(id, { username: someone() });
    expect((await claim(code)).status).toBe(404);
  });

  test('cannot be guessed through: an account has ten tries an hour, at once or not, and others keep theirs', async () => {
    const [guesser, code] = [someone(), await codeFor(await registered())];
    const answers = await Promise.all(Array.from({ length: 15 }, (_, i) => claim(`1-${i}`, guesser)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(10).fill(404), ...Array(5).fill(429)]);
    const blocked = await claim(code, guesser);
    expect(blocked).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    const wait = Number(blocked.headers['Retry-After']);
    expect(wait > 3500 && wait <= 3600).toBe(true);
    const now = clock.now;
    clock.now = () => now() + (wait + 1) * 1000;
    expect((await claim(code, guesser)).status).toBe(200);
    clock.now = now;
  });

  test('is handed out by admins, and claimed by students', async () => {
    const id = await registered();
    for (const as of [teacher, student('claimer')]) expect((await issue(id, as)).status).toBe(403);
    expect((await issue(999_999)).body.code).toBe('student_not_found');
    for (const as of [teacher, admin])
      expect((await call(handler, 'POST /students/claim', { as, body: { code: 'x' } })).status).toBe(403);
  });

  test('is heard of by the grades service, where it knows the student', async () => {
    const id = await registered();
    await call(handler, `POST /notify_grades/${id}`, { as: admin });
    const sent: unknown[] = [];
    const { outbox } = await import('../events.ts');
    const send = outbox.send.bind(outbox);
    outbox.send = (events) => {
      sent.push(...events.map(({ event }) => event));
      return send(events);
    };
    const username = someone();
    await claim(await codeFor(id), username);
    expect(sent).toEqual([
      expect.objectContaining({ type: 'campus.student.changed', data: expect.objectContaining({ id, username }) }),
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dynamo } from '../../../platform/data/client.ts';
import { admin, call, guardian, type Identity, student, teacher } from '../../../tests/support/call.ts';
import { commandsOf } from '../../../tests/support/faults.ts';
import { knowEverybody, NOBODY, startAccounts } from '../../../tests/support/holders.ts';
import { type PeerStub, refuses } from '../../../tests/support/peer.ts';
import { read, registered } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler as fees } from '../fees.ts';
import { handler } from '../students.ts';

let accounts: PeerStub;

beforeAll(async () => {
  await createContext('registration', 'grades');
  accounts = await startAccounts();
});
afterAll(() => accounts.stop());

const name = (id: number, body: unknown, headers: Record<string, string> = {}) =>
  call(handler, `PUT /students/${id}/guardians`, { as: admin, body, headers });

const history = async (id: number) =>
  (await call(handler, `GET /students/${id}/guardians/history`, { as: admin })).body;

const readAs = (id: number, as: Identity) => call(handler, `GET /students/${id}`, { as });
const payments = (id: number, as: Identity) => call(fees, `GET /students/${id}/payments`, { as });

const told = ({ request_id: _, ...rest }: Record<string, unknown>) => rest;

/** A student on whom these are named. */
async function named(...usernames: string[]): Promise<number> {
  const id = await registered();
  await name(id, usernames);
  return id;
}

describe('a guardian', () => {
  test('of several children sees each of them and what they owe, and no other', async () => {
    const [one, two, other] = [await named('mother'), await named('father', 'mother'), await named('somebody')];
    for (const id of [one, two]) {
      expect((await readAs(id, guardian('mother'))).body).toMatchObject({ id, name: 'Fatou Diop', paid: false });
      expect((await payments(id, guardian('mother'))).body).toMatchObject({ student_id: id, balance: 50000 });
    }
    for (const [lambda, path] of [
      [handler, ''],
      [fees, '/payments'],
    ] as const) {
      const stranger = await call(lambda, `GET /students/${other}${path}`, { as: guardian('mother') });
      const missing = await call(lambda, `GET /students/999999${path}`, { as: guardian('mother') });
      expect([stranger.status, told(stranger.body)]).toEqual([404, told(missing.body)]);
    }
  });

  test('is who is named, whatever their role: a teacher sees what their own child owes, and nobody else’s', async () => {
    const [child, other] = [await named('prof'), await named('mother')];
    expect((await payments(child, teacher)).status).toBe(200);
    expect((await payments(other, teacher)).status).toBe(404);
    expect((await payments(child, student('prof'))).status).toBe(200);
    expect((await payments(child, guardian('unnamed'))).status).toBe(404);
  });

  test('is not told who the others are, as staff and the student are', async () => {
    const id = await registered({ username: 'told.victor' });
    await name(id, ['father', 'mother']);
    for (const as of [admin, teacher, student('told.victor')])
      expect((await readAs(id, as)).body.guardians).toEqual(['father', 'mother']);
    expect((await readAs(id, guardian('mother'))).body).not.toHaveProperty('guardians');
  });

  test('changes nothing: neither the student, nor who the guardians are, nor what is owed', async () => {
    const id = await named('mother');
    const as = guardian('mother');
    const attempts: [string, unknown][] = [
      [`PATCH /students/${id}`, { class_name: '3B' }],
      [`DELETE /students/${id}`, undefined],
      [`PUT /students/${id}/guardians`, ['mother', 'friend']],
      [`GET /students/${id}/guardians/history`, undefined],
      [`POST /notify_grades/${id}`, undefined],
      ['GET /students', undefined],
      ['POST /register', { name: 'Awa Diop', email: 'awa@campus.example', username: 'mother' }],
    ];
    for (const [request, body] of attempts)
      expect([request, (await call(handler, request, { as, body })).status]).toEqual([request, 403]);
    expect((await call(fees, `POST /pay/${id}`, { as, body: { method: 'transfer' } })).status).toBe(404);
  });
});

describe('naming guardians', () => {
  test('replaces them all, and opens the record to nobody else from then on', async () => {
    const id = await named('mother', 'father');
    expect((await name(id, [{ username: 'Aunt', relation: 'tante', legal: true }])).body).toEqual([
      { username: 'aunt', relation: 'tante', legal: true },
    ]);
    expect((await readAs(id, guardian('aunt'))).status).toBe(200);
    expect((await readAs(id, guardian('mother'))).status).toBe(404);
    await name(id, []);
    expect((await readAs(id, guardian('aunt'))).status).toBe(404);
    expect((await read(id)).body.guardians).toEqual([]);
  });

  test('is kept: who named whom, newest first, and still there once the student is gone', async () => {
    const id = await named('mother');
    await call(handler, `PUT /students/${id}/guardians`, {
      as: { username: 'director', role: 'admin' },
      body: ['mother', { username: 'father', relation: 'père', legal: false }],
    });
    const both = [{ username: 'mother' }, { username: 'father', relation: 'père', legal: false }];
    const kept = [
      { by: 'director', guardians: both },
      { by: 'admin', guardians: [{ username: 'mother' }] },
    ];
    expect(await history(id)).toMatchObject(kept);
    await call(handler, `DELETE /students/${id}`, { as: admin });
    expect(await history(id)).toMatchObject(kept);
  });

  test('of a student who never had any has an empty history, of a missing one none', async () => {
    expect(await history(await registered())).toEqual([]);
    expect((await call(handler, 'GET /students/999999/guardians/history', { as: admin })).status).toBe(404);
    expect((await name(999_999, ['mother'])).status).toBe(404);
  });

  test('again writes nothing: same tag, one line of history, nobody asked', async () => {
    const id = await registered();
    const first = await name(id, ['mother']);
    let asked = 0;
    accounts.behave((request, response) => {
      asked += 1;
      refuses(500, 'internal_error')(request, response);
    });
    const commands = await commandsOf(dynamo, async () => {
      const again = await name(id, ['mother']);
      expect([again.status, again.headers.ETag]).toEqual([200, first.headers.ETag]);
    });
    expect(commands.filter((command) => /Write|Put|Update/.test(command))).toEqual([]);
    expect(await history(id)).toHaveLength(1);
    expect(asked).toBe(0);
    knowEverybody(accounts);
  });

  test('holds If-Match against the student, whose tag it raises', async () => {
    const id = await registered();
    const { headers } = await read(id);
    const first = await name(id, ['mother'], { 'If-Match': headers.ETag ?? '' });
    expect([first.status, first.headers.ETag]).toEqual([200, '"2"']);
    expect((await name(id, ['father'], { 'If-Match': headers.ETag ?? '' })).status).toBe(412);
    expect((await read(id)).body.guardians).toEqual(['mother']);
    expect((await read(id)).headers.ETag).toBe('"2"');
  });

  test('is refused for a name that nobody has, and says which; nothing is stored', async () => {
    const id = await named('mother');
    const { status, body } = await name(id, ['mother', 'father', NOBODY]);
    expect([status, body.code]).toEqual([409, 'unknown_username']);
    expect(body.errors).toMatchObject([{ pointer: '#/2', code: 'unknown_username' }]);
    expect((await read(id)).body.guardians).toEqual(['mother']);
  });

  test.each<[string, unknown, string]>([
    ['more than ten', Array.from({ length: 11 }, (_, i) => `parent${i}`), '#'],
    ['one twice, however it is written', ['mother', { username: 'Mother' }], '#/1'],
    ['a name that is none', ['mother', 'a b'], '#/1'],
    ['a name that is none, in an object', [{ username: 'a b' }], '#/0/username'],
    ['a number', [7], '#/0'],
    ['an unknown field', [{ username: 'mother', role: 'admin' }], '#/0/role'],
    ['no list', { guardians: ['mother'] }, '#'],
  ])('refuses %s', async (_, body, pointer) => {
    const refused = await name(await registered(), body);
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([400, pointer]);
  });

  test('survives a change of the student', async () => {
    const id = await named('mother');
    await call(handler, `PATCH /students/${id}`, { as: admin, body: { class_name: 'Terminale S1' } });
    expect((await readAs(id, guardian('mother'))).body).toMatchObject({ class_name: 'Terminale S1' });
  });

  test('that two admins do at once leaves the list of one of them whole, and both in the history', async () => {
    const id = await registered();
    const lists = [['mother', 'father'], ['aunt']];
    const answers = await Promise.all(lists.map((list) => name(id, list)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const [last] = await history(id);
    expect((await read(id)).body.guardians).toEqual(
      last.guardians.map(({ username }: { username: string }) => username),
    );
    expect(await history(id)).toHaveLength(2);
  });
});

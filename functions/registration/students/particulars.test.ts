import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { clock } from '../../../platform/base/clock.ts';
import { admin, call, guardian, student, teacher } from '../../../tests/support/call.ts';
import { NOBODY, startAccounts } from '../../../tests/support/holders.ts';
import type { PeerStub } from '../../../tests/support/peer.ts';
import { refusalsOf } from '../../../tests/support/refusals.ts';
import { read, register, registered, someEmail, somePhone } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler } from '../students.ts';
import { Matricule } from './matricule.ts';

let accounts: PeerStub;

beforeAll(async () => {
  await createContext('registration', 'grades');
  accounts = await startAccounts();
});
afterAll(() => accounts.stop());

const patch = (id: number, body: object) => call(handler, `PATCH /students/${id}`, { as: admin, body });
const list = async (query: string): Promise<number[]> =>
  (await call(handler, `GET /students?${query}`, { as: admin })).body.map(({ id }: { id: number }) => id);
const refusals = ({ body }: { body: { errors?: { pointer: string; code: string }[] } }) =>
  body.errors?.map(({ pointer, code }) => `${pointer} ${code}`);

const mother = {
  name: 'Marie Diop',
  relation: 'mère',
  phone: '77 123 45 67',
  username: 'marie',
  legal: true,
  pays: true,
};
const father = { name: 'Omar Diop', relation: 'père', email: 'omar@ecole.example', username: 'omar' };

const identity = { matricule: '2019-th 0123', birth_date: '2009-04-17', birth_place: 'Thiès', sex: 'F' };

test('who a student is is kept as it was said, in one spelling, and taken away by null', async () => {
  const id = await registered({ ...identity, contacts: [mother, father] });
  expect((await read(id)).body).toMatchObject({
    ...{ ...identity, matricule: '2019-TH0123' },
    contacts: [{ ...mother, phone: '+221771234567' }, father],
  });
  const names = Object.keys(identity);
  const { body } = await patch(id, Object.fromEntries([...names, 'contacts'].map((name) => [name, null])));
  for (const name of [...names, 'contacts']) expect(body).not.toHaveProperty(name);
  expect((await patch(id, { matricule: '2019-TH-0124', sex: 'M' })).body).toMatchObject({
    ...{ matricule: '2019-TH-0124', sex: 'M' },
  });
});

describe('a matricule', () => {
  test('is of one student, in whatever spelling, and free again where it changes', async () => {
    const [one, other] = [await registered({ matricule: 'CI 77-a/1' }), await registered()];
    expect((await register({ matricule: 'ci77–A/1' })).body.code).toBe('matricule_taken');
    expect((await patch(other, { matricule: 'CI77-A/1' })).body.code).toBe('matricule_taken');
    expect((await patch(one, { matricule: 'CI77-A/2' })).status).toBe(200);
    expect((await patch(other, { matricule: 'CI77-A/1' })).status).toBe(200);
  });

  test('of ten registrations at once goes in once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => register({ matricule: 'SAME-1' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
  });

  test('finds its student, wherever they stand', async () => {
    const id = await registered({ matricule: '007', class_name: 'Matricule' });
    expect(await list('matricule=%20007')).toEqual([id]);
    expect(await list('matricule=07')).toEqual([]);
    const on = new Date(clock.now()).toISOString().slice(0, 10);
    await call(handler, `POST /students/${id}/leave`, { as: admin, body: { on, reason: 'x' } });
    expect(await list('matricule=007')).toEqual([id]);
    expect(await list('matricule=007&status=enrolled')).toEqual([]);
  });

  test('of whoever registered themself is kept from nobody until they are accepted', async () => {
    const body = { name: 'Awa Ba', email: someEmail(), matricule: 'PENDING-1' };
    const { body: asked } = await call(handler, 'POST /register', { as: student('matricule.a'), body });
    const { body: holder } = await register({ matricule: 'pending-1' });
    expect(await list('matricule=PENDING-1')).toEqual([holder.id]);
    expect((await patch(asked.id, { status: 'enrolled' })).body.code).toBe('matricule_taken');
  });

  test.each([
    [' 2019 th 0123 ', '2019TH0123'],
    ['19384756k', '19384756K'],
    ['００１２', '0012'],
    ['a‐b', 'A-B'],
  ])('%j is %s', (typed, kept) => {
    expect(Matricule.parse(typed)).toBe(kept);
  });

  test.each(['', ' ', '-', '1-', '12#3', 'A'.repeat(41), 'a\u0000b'])('%j is none', (typed) => {
    expect(refusalsOf(Matricule, typed)).toEqual([
      '# invalid_matricule: Un matricule a des lettres, des chiffres, et entre eux . / - _, 40 caractères au plus | A matricule has letters, digits, and between them . / - _, 40 characters at most',
    ]);
  });
});

describe('whom to call', () => {
  test('may be the same for brothers and sisters, and is reason enough to register without a phone or an e-mail', async () => {
    for (const name of ['Awa Diop', 'Ali Diop'])
      expect((await call(handler, 'POST /register', { as: admin, body: { name, contacts: [mother] } })).status).toBe(
        201,
      );
  });

  test('is shown to staff and to the student; to a guardian, themself alone', async () => {
    const id = await registered({ username: 'called.awa', contacts: [mother, father] });
    await call(handler, `PUT /students/${id}/guardians`, { as: admin, body: ['marie', 'omar', 'aunt'] });
    const seen = async (as: ReturnType<typeof guardian>) =>
      (await call(handler, `GET /students/${id}`, { as })).body.contacts?.map(({ name }: { name: string }) => name);
    for (const as of [admin, teacher, student('called.awa')])
      expect(await seen(as)).toEqual(['Marie Diop', 'Omar Diop']);
    expect(await seen(guardian('marie'))).toEqual(['Marie Diop']);
    expect(await seen(guardian('omar'))).toEqual(['Omar Diop']);
    expect(await seen(guardian('aunt'))).toBeUndefined();
  });

  test('has an account that exists, asked for once', async () => {
    const contacts = [mother, { ...father, username: NOBODY }];
    const refused = await register({ contacts });
    expect([refused.body.code, refusals(refused)]).toEqual([
      'unknown_username',
      ['#/contacts/1/username unknown_username'],
    ]);
    const id = await registered({ contacts: [mother] });
    expect((await patch(id, { contacts })).body.code).toBe('unknown_username');
    accounts.requests.length = 0;
    expect((await patch(id, { contacts: [mother], sex: 'F' })).status).toBe(200);
    expect(accounts.requests).toEqual([]);
  });

  test('has no account where students say so of themselves', async () => {
    const send = (contacts: object[]) => {
      const body = { name: 'Awa Ba', contacts };
      return call(handler, 'POST /register', { as: student(`contacts.${contacts.length}`), body });
    };
    expect(refusals(await send([mother]))).toEqual(['#/contacts/0/username staff_only']);
    const { username: _, ...unnamed } = mother;
    expect((await send([unnamed, unnamed])).status).toBe(201);
  });
});

describe('bad input', () => {
  const tomorrow = new Date(clock.now() + 24 * 3600e3).toISOString().slice(0, 10);

  test.each([
    [{ birth_date: tomorrow }, '#/birth_date impossible_birth_date'],
    [{ birth_date: '1899-12-31' }, '#/birth_date impossible_birth_date'],
    [{ birth_date: '2009-02-30' }, '#/birth_date invalid_format'],
    [{ sex: 'X' }, '#/sex invalid_value'],
    [{ birth_place: '' }, '#/birth_place too_small'],
    [{ matricule: '#' }, '#/matricule invalid_matricule'],
    [{ contacts: [{ name: 'A B' }] }, '#/contacts/0/relation required'],
    [{ contacts: [{ ...mother, phone: '12' }] }, '#/contacts/0/phone invalid_phone'],
    [{ contacts: Array.from({ length: 11 }, () => father) }, '#/contacts too_big'],
    [{ contacts: [{ ...mother, role: 'admin' }] }, '#/contacts/0/role unknown_field'],
    [{ enrolments: [] }, '#/enrolments unknown_field'],
    [{ status: 'enrolled' }, '#/status unknown_field'],
  ])('%.80j is refused by field', async (more, refusal) => {
    const answer = await register({ phone: somePhone(), ...more });
    expect([answer.status, refusals(answer)]).toEqual([400, expect.arrayContaining([refusal])]);
  });
});

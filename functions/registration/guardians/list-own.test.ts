import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { admin, call, guardian, type Identity, student, teacher } from '../../../tests/support/call.ts';
import { startAccounts } from '../../../tests/support/holders.ts';
import type { PeerStub } from '../../../tests/support/peer.ts';
import { registered } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { studentKey } from '../students/student-index.ts';
import * as students from '../students/student-store.ts';
import { handler } from '../students.ts';
import { table } from '../table.ts';
import { studentsOf, written } from './holders.ts';

let accounts: PeerStub;

beforeAll(async () => {
  await createContext('registration', 'grades');
  accounts = await startAccounts();
});
afterAll(() => accounts.stop());

/** Somebody of whom no other test has heard. */
const anew = (): string => `u${randomUUID().slice(0, 8)}`;

const asAdmin = (request: string, body?: unknown) => call(handler, request, { as: admin, body });
const name = (id: number, ...usernames: string[]) => asAdmin(`PUT /students/${id}/guardians`, usernames);

const page = (as: Identity, query = '') => call(handler, `GET /students/mine${query}`, { as });
const idsFor = async (as: Identity): Promise<number[]> => (await page(as)).body.map(({ id }: { id: number }) => id);

/** A student on whom these are named. */
async function named(...usernames: string[]): Promise<number> {
  const id = await registered();
  await name(id, ...usernames);
  return id;
}

describe('the students of an account', () => {
  test('are oneself and one’s children, by id, marked or not, with what tells them apart and nothing else', async () => {
    const mother = anew();
    const [one, , two] = [await named(mother), await named(anew()), await named(anew(), mother)];
    const self = await registered({ username: mother });
    const { status, body } = await page(guardian(mother));
    expect([status, body.map(({ id }: { id: number }) => id)]).toEqual([200, [one, two, self]]);
    expect(Object.keys(body[0]).toSorted()).toEqual(
      ['class_name', 'id', 'name', 'status'].filter((key) => key in body[0]),
    );
    expect(body[0]).toMatchObject({ id: one, name: 'Fatou Diop' });
  });

  test('are the same whatever the role, and nobody’s are those of an account that is named nowhere', async () => {
    const username = anew();
    const id = await named(username);
    for (const as of [guardian(username), student(username), { ...teacher, username }, { ...admin, username }])
      expect(await idsFor(as)).toEqual([id]);
    expect(await idsFor(guardian(anew()))).toEqual([]);
  });

  test('come in pages', async () => {
    const username = anew();
    const ids = [await named(username), await named(username), await named(username)];
    const first = await page(guardian(username), '?limit=2');
    expect(first.body.map(({ id }: { id: number }) => id)).toEqual(ids.slice(0, 2));
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.Link ?? '')?.[1] ?? '';
    const second = await call(handler, `GET ${next}`, { as: guardian(username) });
    expect(second.body.map(({ id }: { id: number }) => id)).toEqual(ids.slice(2));
    expect(second.headers.Link).toBeUndefined();
  });

  test('are those of today: who is taken off the record is gone from it, and who stays stays', async () => {
    const [mother, father] = [anew(), anew()];
    const id = await named(mother, father);
    await name(id, father);
    expect([await idsFor(guardian(mother)), await idsFor(guardian(father))]).toEqual([[], [id]]);
    await name(id);
    expect(await idsFor(guardian(father))).toEqual([]);
  });

  test('lack one who was deleted, of whom nothing is left to find, until they are restored', async () => {
    const username = anew();
    const id = await named(username);
    await asAdmin(`DELETE /students/${id}`);
    expect(await idsFor(guardian(username))).toEqual([]);
    expect((await studentsOf(username, { limit: 10, after: undefined })).items).toEqual([]);
    await asAdmin(`POST /students/${id}/restore`);
    expect(await idsFor(guardian(username))).toEqual([id]);
  });

  test('a change of anything else leaves them, and a change of the account moves them', async () => {
    const [username, next] = [anew(), anew()];
    const id = await registered({ username });
    await asAdmin(`PATCH /students/${id}`, { class_name: 'Terminale S1' });
    expect(await idsFor(student(username))).toEqual([id]);
    await asAdmin(`PATCH /students/${id}`, { username: next });
    expect([await idsFor(student(username)), await idsFor(student(next))]).toEqual([[], [id]]);
  });

  test('whom an older version of Campus stored are found once db:migrate came by, which has then nothing left to do', async () => {
    const [mother, self] = [anew(), anew()];
    const id = await registered({ username: self });
    await name(id, mother);
    await table.write(written({ id, username: self, guardians: [mother] }, undefined));
    expect(await idsFor(guardian(mother))).toEqual([]);
    const stored = async () => (await table.get(studentKey(id))) as never;
    await table.write(await students.migrated(await stored()));
    expect([await idsFor(guardian(mother)), await idsFor(student(self))]).toEqual([[id], [id]]);
    expect(await students.migrated(await stored())).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { handler as accounts } from '../../functions/auth/accounts.ts';
import { handler as products } from '../../functions/orders/products.ts';
import { handler as persons } from '../../functions/persons/persons.ts';
import { handler as students } from '../../functions/registration/students.ts';
import type { HttpHandler } from '../../platform/http/endpoint.ts';
import { openAccounts } from '../support/accounts.ts';
import { admin, call, type Identity, student } from '../support/call.ts';
import { json, type PeerStub, startPeer } from '../support/peer.ts';
import { createContext } from '../support/tables.ts';

let peer: PeerStub;

beforeAll(async () => {
  await createContext('persons', 'health', 'registration', 'grades', 'orders');
  await openAccounts();
  peer = await startPeer();
  peer.behave((request, response) => {
    const id = Number(/\d+$/.exec(request.url ?? '')?.[0]);
    json(200, { id, username: 'victor', role: 'student', disabled: false })(request, response);
  });
});
afterAll(() => peer.stop());

/** A record of each kind that can be read and changed at one address: how it is made, and changed. */
interface Kind {
  readonly handler: HttpHandler;
  readonly make: string;
  readonly as: Identity | undefined;
  readonly body: Readonly<Record<string, unknown>>;
  readonly change: 'PUT' | 'PATCH';
  readonly reader: Identity;
  /** Something of it that may be changed. */
  readonly edit: Readonly<Record<string, unknown>>;
  readonly readOnly: readonly string[];
}

const KINDS: Readonly<Record<string, Kind>> = {
  person: {
    ...{ handler: persons, make: 'POST /persons', as: admin, change: 'PUT', reader: admin },
    body: { name: 'N’Diaye Awa', birth_date: '2008-12-31', email: 'Awa@École.example', username: 'victor' },
    edit: { name: 'N’Diaye Awa Marie' },
    readOnly: ['id', 'created_at', 'updated_at'],
  },
  'student with all particulars': {
    ...{ handler: students, make: 'POST /register', as: admin, change: 'PATCH', reader: admin },
    body: {
      ...{ name: 'Awa Diop', matricule: '2019-th 1', birth_date: '2009-04-17', birth_place: 'Thiès', sex: 'F' },
      contacts: [{ name: 'Marie Diop', relation: 'mère', phone: '77 123 45 99', legal: true, pays: true }],
    },
    edit: { sex: null },
    readOnly: ['id', 'enrolments'],
  },
  product: {
    ...{ handler: products, make: 'POST /products', as: admin, change: 'PUT', reader: admin },
    body: { name: 'Cœur', description: 'Rouge,\r\nen bois.', category: 'Décor', price: 0, stock: 3 },
    edit: { price: 200 },
    readOnly: ['id'],
  },
  student: {
    ...{ handler: students, make: 'POST /register', as: admin, change: 'PATCH', reader: admin },
    body: { name: 'DIOP Fatou', email: 'fatou@ecole.example', phone: '77 123 45 67', class_name: 'Première L’Été' },
    edit: { name: 'SARR Fatou' },
    readOnly: ['id', 'paid', 'notified', 'registered_at', 'enrolments', 'left_on', 'left_reason'],
  },
  'single-named student': {
    ...{ handler: students, make: 'POST /register', as: admin, change: 'PATCH', reader: admin },
    body: { name: 'Cher', email: 'cher@ecole.example' },
    edit: { name: 'Cher Sarkisian' },
    readOnly: ['id', 'paid', 'notified', 'registered_at'],
  },
  'pending student': {
    ...{ handler: students, make: 'POST /register', as: student('kilian'), change: 'PATCH', reader: admin },
    body: { name: 'Kilian Sarr', email: 'kilian@ecole.example', class_name: 'Terminale L2' },
    edit: { class_name: 'Terminale S1' },
    readOnly: ['id', 'paid', 'notified', 'registered_at', 'requested_class'],
  },
  'profile, by its owner': {
    ...{ handler: accounts, make: 'POST /users', as: undefined, change: 'PUT', reader: student('li.na') },
    body: { username: 'li.na', password: 'correct horse battery', first_name: 'Na', email: 'li@ecole.example' },
    edit: { first_name: 'Nà' },
    readOnly: ['username', 'created_at'],
  },
  'profile, by an admin': {
    ...{ handler: accounts, make: 'POST /users', as: undefined, change: 'PUT', reader: admin },
    body: { username: 'wang.li', password: 'correct horse battery', phone: '77 123 45 67' },
    edit: { disabled: true },
    readOnly: ['username', 'created_at'],
  },
};

async function made({ handler, make, as, body }: Kind): Promise<string> {
  const { status, headers } = await call(handler, make, { ...(as && { as }), body });
  expect(status).toBe(201);
  return headers.Location ?? '';
}

const otherThan = (value: unknown): unknown => {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  return typeof value === 'string' ? `${value}0` : {};
};

describe.each(Object.entries(KINDS))('what reading a %s gave', (_, kind) => {
  let path = '';
  beforeAll(async () => {
    path = await made(kind);
  });
  const read = async () => (await call(kind.handler, `GET ${path}`, { as: kind.reader })).body;
  const send = (body: unknown) => call(kind.handler, `${kind.change} ${path}`, { as: kind.reader, body });
  // It tells when the record was last written, which sending it back does.
  const timeless = ({ updated_at, ...rest }: Record<string, unknown>) => rest;

  test('may be sent back, and changes nothing', async () => {
    const before = await read();
    expect((await send(before)).status).toBe(200);
    expect(timeless(await read())).toEqual(timeless(before));
  });

  test('is refused where it contradicts what nobody may change, and changes nothing', async () => {
    const before = await read();
    for (const name of kind.readOnly) {
      const { status, body } = await send({ ...before, ...kind.edit, [name]: otherThan(before[name]) });
      expect([status, body.errors.map(({ pointer, code }: Record<string, string>) => `${pointer} ${code}`)]).toEqual([
        400,
        [`#/${name} read_only`],
      ]);
    }
    expect(await read()).toEqual(before);
  });

  test('may be sent back with an edit', async () => {
    const before = await read();
    const { status } = await send({ ...before, ...kind.edit });
    expect(status).toBe(200);
    expect(await read()).not.toEqual(before);
  });

  test('leaves every other name unknown', async () => {
    const { body } = await send({ ...(await read()), version: 1 });
    expect(body.errors).toEqual([expect.objectContaining({ pointer: '#/version', code: 'unknown_field' })]);
  });
});

test('an owner may send back who they are, and still gives themself nothing', async () => {
  const as = student('owner.of');
  await call(accounts, 'POST /users', { body: { username: as.username, password: 'correct horse battery' } });
  for (const body of [{ role: 'admin' }, { role: 'teacher', disabled: false }, { disabled: true }, { unlock: true }])
    expect((await call(accounts, `PUT /users/${as.username}`, { as, body })).status).toBe(403);
  const other = await call(accounts, `PUT /users/${as.username}`, { as, body: { email: 'new@ecole.example' } });
  expect(other.body.errors).toEqual([expect.objectContaining({ pointer: '#/old_password', code: 'required' })]);
});

test('a whole name that is edited among its parts is taken apart anew', async () => {
  const path = await made({ ...(KINDS.student as Kind), body: { name: 'Awa Diop', email: 'awa.d@ecole.example' } });
  const read = async () => (await call(students, `GET ${path}`, { as: admin })).body;
  const patch = (body: unknown) => call(students, `PATCH ${path}`, { as: admin, body });
  await patch({ ...(await read()), name: 'Awa de la Fontaine' });
  expect(await read()).toMatchObject({ first_name: 'Awa', last_name: 'de la Fontaine' });
  await patch({ ...(await read()), first_name: 'Aïssatou' });
  expect(await read()).toMatchObject({ name: 'Aïssatou de la Fontaine' });
});

test('an accepted registration is no request again', async () => {
  const path = await made({ ...(KINDS.student as Kind), body: { name: 'Awa Sow', email: 'awa.s@ecole.example' } });
  const { body } = await call(students, `PATCH ${path}`, { as: admin, body: { status: 'pending' } });
  expect(body.errors).toEqual([expect.objectContaining({ pointer: '#/status', code: 'read_only' })]);
});

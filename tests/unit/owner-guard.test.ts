import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { dynamo } from '../../platform/data/client.ts';
import { Caller } from '../../platform/http/access.ts';
import type { HttpHandler } from '../../platform/http/endpoint.ts';
import { readContexts } from '../../project/contexts.ts';
import { admin, call, type Identity, student } from '../support/call.ts';
import { commandsOf } from '../support/faults.ts';
import { json, type PeerStub, startPeer } from '../support/peer.ts';
import { operationsOf } from '../support/project.ts';
import { createContext } from '../support/tables.ts';

/*
 * Most holes in such systems are an object read by its id without asking whose it is (OWASP API1:2023). Here the question
 * is taken out of each operation in turn, as a forgetful author would: a stranger must get nothing and change nothing.
 */

const owner = student('victor');
const stranger = student('kilian');

let peer: PeerStub;
const handlers = new Map<string, HttpHandler>();

/** Every person, account and student that is asked for exists. */
const somebody: Parameters<PeerStub['behave']>[0] = (request, response) => {
  const id = Number(/\d+$/.exec(request.url ?? '')?.[0]);
  json(200, { id, username: owner.username, role: 'student', disabled: false })(request, response);
};

beforeAll(async () => {
  const contexts = readContexts();
  await createContext(...(contexts.map(({ name }) => name) as [string, ...string[]]));
  peer = await startPeer();
  peer.behave(somebody);
  for (const lambda of contexts.flatMap(({ lambdas }) => lambdas)) {
    const operations = (await operationsOf(lambda)) ?? [];
    const { streamingEndpoint } = await import('../../platform/http/streaming.ts');
    for (const one of operations)
      for (const route of [one.route, ...one.aliases]) handlers.set(route, streamingEndpoint(one));
  }
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => peer.stop());

/** Calls the operation of a route. */
function ask(route: string, path: string, as: Identity, body?: unknown) {
  const handler = handlers.get(route);
  if (!handler) throw new Error(`No operation serves ${route}`);
  return call(handler, `${route.split(' ')[0]} ${path}`, { as, ...(body !== undefined && { body }) });
}

const product = async () =>
  (await ask('POST /products', '/products', admin, { name: 'Stylo', price: 100, stock: 5 })).body.id as number;

async function order(): Promise<string> {
  const items = [{ product_id: await product(), quantity: 1 }];
  return (await ask('POST /orders', '/orders', owner, { items })).body.id;
}

async function registered(): Promise<number> {
  const email = `${crypto.randomUUID()}@campus.example`;
  return (await ask('POST /register', '/register', admin, { name: 'Awa Diop', email })).body.id;
}

async function account(): Promise<string> {
  const username = `u${crypto.randomUUID().slice(0, 8)}`;
  await ask('POST /users', '/users', owner, { username, password: 'a long password' });
  return username;
}

/** A student of whom a report card is published. */
async function reported(): Promise<number> {
  const id = 900_001;
  const past = { name: 'Jadis', starts_on: '1980-01-01', ends_on: '1980-02-01' };
  await ask('POST /init_student', '/init_student', admin, { id, name: 'Awa Diop', class_name: 'Sixième' });
  const { id: term } = (await ask('POST /terms', '/terms', admin, past)).body;
  await ask('PATCH /terms/{id}', `/terms/${term}`, admin, { open: false });
  await ask('POST /classes/{class_name}/report-cards', '/classes/sixieme/report-cards', admin, { term });
  return id;
}

const card = { method: 'card', card: { number: '4242 4242 4242 4242', exp_month: 12, exp_year: 2099, cvc: '123' } };

/** For each operation that changes something and is open to owners: a call of it that an owner could make. */
const CALLS: Readonly<Record<string, () => Promise<readonly [path: string, body?: unknown]>>> = {
  'PUT /orders/{id}': async () => [`/orders/${await order()}`, { items: [{ product_id: await product() }] }],
  'DELETE /orders/{id}': async () => [`/orders/${await order()}`],
  'POST /orders/{id}/payment': async () => [`/orders/${await order()}/payment`, card],
  'POST /orders/{id}/buy': async () => ['/orders/victor/buy', { article_id: await product() }],
  'POST /pay/{student_id}': async () => [`/pay/${await registered()}`, card],
  'POST /health/{person_id}': async () => ['/health/71', { weight: 70 }],
  'PUT /health/{person_id}': async () => ['/health/72', { weight: 70 }],
  'DELETE /health/{person_id}': async () => ['/health/73'],
  'POST /grades/{student_id}/report-cards/{version}/read': async () => [
    `/grades/${await reported()}/report-cards/1/read`,
  ],
  'PUT /users/{username}': async () => [`/users/${await account()}`, { first_name: 'Awa' }],
  'DELETE /users/{username}': async () => [`/users/${await account()}`],
};

const WRITING = /^(?:Put|Update|Delete|TransactWrite|BatchWrite)/;

describe('an operation that is open to owners and forgets to ask whose the record is', () => {
  test.each(Object.entries(CALLS))('writes nothing for a stranger: %s', async (route, prepare) => {
    const [path, body] = await prepare();
    jest.spyOn(Caller.prototype, 'mayReach').mockReturnValue(true);
    let status = 0;
    const commands = await commandsOf(dynamo, async () => {
      ({ status } = await ask(route, path, stranger, body));
    });
    expect(status).toBe(500);
    expect(commands.filter((command) => WRITING.test(command))).toEqual([]);
  });

  test('is among those above, whichever it is', async () => {
    const lambdas = readContexts().flatMap((context) => context.lambdas);
    const operations = (await Promise.all(lambdas.map(operationsOf))).flatMap((some) => some ?? []);
    const open = operations
      .filter(({ access, changes }) => access.relations.length > 0 && changes)
      .map(({ route }) => route);
    expect(Object.keys(CALLS).sort()).toEqual(open.sort());
  });
});

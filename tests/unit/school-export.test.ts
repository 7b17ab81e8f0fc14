import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadDemo } from '../../localstack/demo.ts';
import { documents } from '../../platform/data/client.ts';
import { FORMAT } from '../../platform/data/format.ts';
import { readContexts } from '../../project/contexts.ts';
import { admin, call, type Identity, student, teacher } from '../support/call.ts';
import { json, type PeerStub, startPeer } from '../support/peer.ts';
import { operationsOf } from '../support/project.ts';
import { createContext } from '../support/tables.ts';

/*
 * A school that leaves takes all of its data along. Here a demo world is walked item by item and attribute by attribute:
 * whatever is stored stands in a part, or is named below as what stays.
 */

/** All that stays of what goes: nothing else of an item may be missing from its line. */
const WITHHELD = { 'auth account': ['password_hash', 'generation', 'ended_sessions'] };

/** All whole items that stay, in any context. */
const KEPT = [
  'remembered_answers',
  'outbox',
  'sequences',
  'tallies',
  'claim_codes',
  'caches',
  'demo',
  'sessions',
  'guesses',
  'search_places',
  'rankings',
];

type Item = Record<string, unknown> & { pk: string; sk: string };

interface Line {
  part: string;
  kind: string;
  at: string;
  data: Record<string, unknown>;
}

/** The contexts that have a table, each with its table and the attributes that only indexes are made of. */
const contexts = readContexts().flatMap(({ name, resources }) => {
  const [table] = Object.values(resources).filter(({ Type }) => Type === 'AWS::DynamoDB::Table');
  const indexes = (table?.Properties.GlobalSecondaryIndexes ?? []) as { KeySchema: { AttributeName: string }[] }[];
  const keys = indexes.flatMap(({ KeySchema }) => KeySchema.map(({ AttributeName }) => AttributeName));
  return table ? [{ name, indexed: new Set(keys) }] : [];
});

/** A value of DynamoDB as JSON has it: sets as lists, numbers as they are. */
const asJson = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, one) => (one instanceof Set ? [...one] : one)));

const tableOf = (context: string): string => process.env[`${context.toUpperCase()}_TABLE`] ?? '';

async function stored(context: string): Promise<Item[]> {
  const { Items = [], LastEvaluatedKey } = await documents.send(new ScanCommand({ TableName: tableOf(context) }));
  expect(LastEvaluatedKey).toBeUndefined();
  return Items as Item[];
}

const handlerOf = async (context: string) => (await import(`../../functions/${context}/part.ts`)).handler;

async function partOf(context: string, as: Identity = admin) {
  const { status, text } = await call(await handlerOf(context), `GET /export/${context}`, { as });
  expect(status).toBe(200);
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { lines: lines.slice(0, -1) as Line[], end: lines.at(-1).end };
}

let peer: PeerStub;

/** Orders something and pays for it. */
async function buy(): Promise<void> {
  peer.behave(json(200, { username: 'victor', role: 'student', disabled: false }));
  const { handler: orders } = await import('../../functions/orders/orders.ts');
  const items = [{ product_id: 1, quantity: 1 }];
  const { body: order } = await call(orders, 'POST /orders', { as: student(), body: { items } });
  const { handler: payments } = await import('../../functions/orders/payments.ts');
  const card = { number: '4242 4242 4242 4242', exp_month: 12, exp_year: 2099, cvc: '123' };
  const body = { method: 'card', card };
  expect((await call(payments, `POST /orders/${order.id}/payment`, { as: student(), body })).status).toBe(200);
}

beforeAll(async () => {
  await createContext(...(contexts.map(({ name }) => name) as [string, ...string[]]));
  peer = await startPeer();
  await loadDemo();
  // What the demo data lack: what the machinery keeps for itself, and what secrets are.
  const { handler: persons } = await import('../../functions/persons/persons.ts');
  const body = { name: 'Une seule' };
  const { body: person } = await call(persons, 'POST /persons', {
    as: admin,
    body,
    headers: { 'Idempotency-Key': 'k' },
  });
  await call(persons, `POST /persons/${person.id}/claim-code`, { as: admin });
  await buy();
  const { handler: students } = await import('../../functions/registration/students.ts');
  await call(students, 'DELETE /students/3', { as: admin });
  const { handler: marks } = await import('../../functions/grades/marks.ts');
  await call(marks, 'PUT /grades/1', { as: admin, body: { grades: [12] } });
});
afterAll(() => peer.stop());

describe('a part', () => {
  test.each(contexts)('of $name has every stored attribute, save what stays', async ({ name, indexed }) => {
    const [items, { lines, end }] = [await stored(name), await partOf(name)];
    expect(items.length).toBeGreaterThan(5);
    const byKey = new Map(lines.map((line) => [line.at, line]));
    const missing: string[] = [];
    let staying = 0;
    for (const { pk, sk, [FORMAT]: _, ...attributes } of items) {
      const line = byKey.get(`${pk} ${sk}`);
      if (!line) staying += 1;
      const mayLack = WITHHELD[`${name} ${line?.kind}` as keyof typeof WITHHELD] ?? [];
      for (const [attribute, value] of Object.entries(line ? attributes : {})) {
        if (indexed.has(attribute) || mayLack.includes(attribute)) continue;
        if (!isDeepStrictEqual(line?.data[attribute], asJson(value))) missing.push(`${line?.kind}.${attribute}`);
      }
    }
    expect(missing).toEqual([]);
    expect(end).toMatchObject({ part: name, lines: lines.length, unknown: 0 });
    expect(Object.keys(end.kept).filter((kind) => !KEPT.includes(kind))).toEqual([]);
    const kept = Object.values(end.kept as Record<string, { items: number }>).reduce((sum, one) => sum + one.items, 0);
    expect(kept).toBe(staying);
  });

  test.each(contexts)('of $name tells of no format, which every stored item has', async ({ name }) => {
    const { table } = await import(`../../functions/${name}/table.ts`);
    const formats = (await stored(name)).map(({ pk, sk, [FORMAT]: format }) => [pk, sk, format]);
    expect(formats.filter(([, , format]) => format !== table.formats.format)).toEqual([]);
    for (const { data } of (await partOf(name)).lines) expect(data).not.toHaveProperty(FORMAT);
  });

  test('holds no hash, no secret of a session, and says so', async () => {
    const { lines, end } = await partOf('auth');
    const text = JSON.stringify(lines);
    for (const account of (await stored('auth')).filter(({ sk }) => sk === 'ACCOUNT'))
      expect(text).not.toContain(account.password_hash);
    expect(text).not.toMatch(/argon2|refresh_hash|family_hash/);
    expect(end.withheld).toEqual({ account: ['password_hash', 'generation', 'ended_sessions'] });
    const { end: persons } = await partOf('persons');
    expect(persons.kept).toMatchObject({
      claim_codes: { items: 1 },
      remembered_answers: { items: expect.any(Number) },
    });
  });

  test('has every kind of the shop’s records, and no card', async () => {
    const { lines, end } = await partOf('orders');
    expect(Object.keys(end.kinds).sort()).toEqual(
      ['buyer', 'order', 'payment', 'product', 'provider_entry', 'stock_movement'].sort(),
    );
    expect(JSON.stringify(lines)).not.toContain('4242424242424242');
  });

  test('of health is on the access log of everybody in it', async () => {
    await partOf('health', { username: 'departing', role: 'admin' });
    const items = await stored('health');
    const persons = items.filter(({ sk }) => sk === 'RECORD').map(({ pk }) => pk.replace('PERSON', 'ACCESS'));
    const traced = items.filter(({ username, action }) => username === 'departing' && action === 'export');
    expect(traced.map(({ pk }) => pk).sort()).toEqual(persons.sort());
    expect(persons.length).toBeGreaterThan(0);
  });

  test('is for admins', async () => {
    for (const { name } of contexts)
      for (const as of [teacher, student()])
        expect((await call(await handlerOf(name), `GET /export/${name}`, { as })).status).toBe(403);
  });
});

describe('the whole school', () => {
  type Served = Awaited<ReturnType<typeof handlerOf>>;
  const school = async (): Promise<Served> => (await import('../../functions/registration/exports.ts')).handler;

  /** Has the peer answer as the contexts do, what they send passed through `spoil`. */
  async function serve(spoil: (text: string, part: string) => string = (text) => text) {
    const handlers = new Map<string, Served>();
    for (const { name } of contexts) handlers.set(`/export/${name}`, await handlerOf(name));
    peer.behave((request, response) => {
      const [part, handler] = [String(request.url), handlers.get(String(request.url))];
      call(handler, `GET ${part}`, { as: admin }).then(
        ({ status, text, headers }) => response.writeHead(status, headers).end(spoil(text, part)),
        (error) => response.destroy(error),
      );
    });
  }

  test('has the part of every context that keeps something', async () => {
    const { PARTS } = await import('../../functions/registration/export/export-school.ts');
    expect([...PARTS].sort()).toEqual(contexts.map(({ name }) => name).sort());
    for (const { name, lambdas } of readContexts().filter((one) => contexts.some((two) => two.name === one.name))) {
      const routes = (await Promise.all(lambdas.map(operationsOf))).flatMap((some) => some ?? []);
      expect(routes.map(({ route }) => route)).toContain(`GET /export/${name}`);
    }
  });

  test('is all parts, and a manifest by which anybody can tell that they are whole', async () => {
    await serve();
    const { status, text, headers } = await call(await school(), 'GET /export', { as: admin });
    expect([status, headers['Content-Type']]).toEqual([200, 'application/x-ndjson']);
    const lines = text.trimEnd().split('\n');
    const { manifest } = JSON.parse(lines.pop() ?? '');
    expect(manifest).toMatchObject({ format: 1, by: 'admin', note: expect.stringContaining('clés de signature') });
    for (const { part, lines: count, bytes, sha256, kinds } of manifest.parts) {
      const own = lines.filter((line) => line.startsWith(`{"part":"${part}",`)).map((line) => `${line}\n`);
      expect(own).toHaveLength(count);
      expect(Object.values(kinds as Record<string, number>).reduce((a, b) => a + b, 0)).toBe(count);
      expect(Buffer.byteLength(own.join(''))).toBe(bytes);
      expect(createHash('sha256').update(own.join('')).digest('hex')).toBe(sha256);
    }
    const counted = manifest.parts.reduce((sum: number, one: { lines: number }) => sum + one.lines, 0);
    expect(lines).toHaveLength(counted);
  });

  test('has no manifest where a part is cut short, and breaks off', async () => {
    await serve((text, part) => (part === '/export/grades' ? text.split('\n').slice(0, -3).join('\n') : text));
    await expect(call(await school(), 'GET /export', { as: admin })).rejects.toThrow('grades gave');
  });

  test('is refused at once where the first context does not answer', async () => {
    peer.behave((_, response) => response.writeHead(502).end());
    expect((await call(await school(), 'GET /export', { as: admin })).body).toMatchObject({ code: 'peer_unavailable' });
  });
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { handler as accounts } from '../functions/auth/accounts.ts';
import type { StoredOrder } from '../functions/orders/ordering/order.ts';
import { insert } from '../functions/orders/ordering/order-store.ts';
import { handler as orders } from '../functions/orders/orders.ts';
import { table as ordersTable } from '../functions/orders/table.ts';
import { handler as persons } from '../functions/persons/persons.ts';
import { handler as fees } from '../functions/registration/fees.ts';
import { handler as students } from '../functions/registration/students.ts';
import { timestamp } from '../platform/base/clock.ts';
import { newId } from '../platform/base/ids.ts';
import { everyItem } from '../platform/data/dump.ts';
import { Table } from '../platform/data/table.ts';
import { commit } from '../platform/events/commit.ts';
import type { HttpHandler } from '../platform/http/endpoint.ts';
import { storeAccount } from '../tests/support/accounts.ts';
import { admin, call } from '../tests/support/call.ts';
import { drained } from '../tests/support/drained.ts';
import { registered } from '../tests/support/students.ts';
import { createContext } from '../tests/support/tables.ts';
import { migrate } from './migrating.ts';

/** `SHARDS` and `SHARDS_READ` of one version of the application. */
type Version = readonly [written: string, read: string];

/** The move of docs/scale.md: the version before it, the two on the way, the one after it. */
const MOVES: readonly (readonly [before: Version, first: Version, second: Version, after: Version])[] = [
  [
    ['1', ''],
    ['1', '4'],
    ['4', '4'],
    ['4', ''],
  ],
  [
    ['4', ''],
    ['4', '4'],
    ['1', '4'],
    ['1', ''],
  ],
];

const standing: string[][] = [];

beforeAll(async () => {
  await createContext('persons', 'health', 'registration', 'grades', 'orders', 'auth');
  run(['1', '']);
  for (let i = 0; i < 16; i += 1) standing.push(await makeOne());
});
afterAll(() => run(['', '']));

/** From now on this version serves what is asked. */
function run([SHARDS, SHARDS_READ]: Version): void {
  Object.assign(process.env, { SHARDS, SHARDS_READ });
}

/** Stores an order of nothing: what it is of, the list does not ask. */
async function order(): Promise<string> {
  const [id, at] = [newId(), timestamp()];
  const stored: StoredOrder = {
    ...{ id, username: 'victor', state: 'pending', items: [], total: 0, currency: 'XOF', paid_amount: 0 },
    ...{ refunded_amount: 0, created_at: at, updated_at: at, attempt: 1, refunds: 0, version: 1 },
  };
  await commit(ordersTable, () => ({ writes: insert(stored) }));
  return id;
}

let made = 0;

/** Makes one more of each; @returns what each list calls it. */
async function makeOne(): Promise<string[]> {
  made += 1;
  const name = `Nom${made}`;
  const username = `user-${made % 2 ? 'e' : 'é'}${made >> 1}`;
  const { body: person } = await call(persons, 'POST /persons', { as: admin, body: { name } });
  await storeAccount(username, 'x');
  const student = await registered({ name });
  return [person.id, username, student, await order(), student].map(String);
}

interface List {
  readonly handler: HttpHandler;
  readonly path: string;
  readonly named: string;
}

const LISTS: readonly List[] = [
  { handler: persons, path: '/persons?limit=6', named: 'id' },
  { handler: accounts, path: '/users?limit=6', named: 'username' },
  { handler: students, path: '/students?limit=6', named: 'id' },
  { handler: orders, path: '/orders?limit=6', named: 'id' },
  { handler: fees, path: '/fees/due?limit=6&on=2100-01-01', named: 'student_id' },
];

async function pageOf({ handler, named }: List, path: string) {
  const { status, body, headers } = await call(handler, `GET ${path}`, { as: admin });
  expect([path, status]).toEqual([path, 200]);
  const next = /<(.*)>; rel="next"/.exec(headers.Link ?? '')?.[1];
  return { names: body.map((one: Record<string, unknown>) => String(one[named])) as string[], next };
}

/** Pages through a list from somewhere on, each page asked of another version. */
async function walk(list: List, versions: readonly Version[], from: string = list.path): Promise<string[]> {
  const all: string[] = [];
  let turn = 0;
  for (let next: string | undefined = from; next; turn += 1) {
    run(versions[turn % versions.length] as Version);
    const page: Awaited<ReturnType<typeof pageOf>> = await pageOf(list, next);
    all.push(...page.names);
    next = page.next;
  }
  return all;
}

/** Pages and writes, served by these versions in turn, until something else is done. @returns who came meanwhile */
async function busy(versions: readonly Version[], standing: readonly string[][], work: Promise<unknown>) {
  const newcomers: string[][] = [];
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  const write = async () => {
    for (let i = 0; i < 4; i += 1) {
      run(versions[i % versions.length] as Version);
      newcomers.push(await makeOne());
    }
  };
  const read = async (list: List, i: number) => {
    const known = standing.map((names) => names[i]).sort();
    do {
      const seen = await walk(list, versions);
      expect(seen.filter((name) => known.includes(name)).sort()).toEqual(known);
      expect(new Set(seen).size).toBe(seen.length);
    } while (!isDone);
  };
  await Promise.all([done, write(), ...LISTS.map(read)]);
  return newcomers;
}

const TABLES = ['PERSONS_TABLE', 'AUTH_TABLE', 'REGISTRATION_TABLE', 'ORDERS_TABLE'];

/** The keys under which anything is listed. */
async function shardsInUse(): Promise<Set<string>> {
  const pages = await Promise.all(TABLES.map((variable) => drained(everyItem(new Table(variable)))));
  const items = pages.flat().flatMap(({ items }) => items);
  const places = items.flatMap(({ list, directory, ledger, listed, owes }) => [list, directory, ledger, listed, owes]);
  return new Set(places.map(String).filter((one) => /^(?:PERSONS|ACCOUNTS|ORDERS|STUDENT|OWES)(?:#\d)?$/.test(one)));
}

test.each(MOVES)(
  'from %j by %j and %j to %j, lists are whole and each is in them once, whoever reads and writes meanwhile',
  async (before, first, second, after) => {
    run(before);
    const begun = await Promise.all(LISTS.map((list) => pageOf(list, list.path)));
    const known = [...standing];
    const nothing = Promise.resolve();
    known.push(...(await busy([before, first], standing, nothing)));
    known.push(...(await busy([first, second], standing, nothing)));
    run(second);
    known.push(...(await busy([second], standing, migrate({ all: true, page: 20 }))));
    known.push(...(await busy([second, after], standing, nothing)));
    run(after);
    expect((await migrate({ all: true })).reduce((sum, { changed }) => sum + changed, 0)).toBe(0);
    expect((await shardsInUse()).size).toBe(LISTS.length * Number(after[0]));
    for (const [i, list] of LISTS.entries()) {
      expect((await walk(list, [after])).sort()).toEqual(known.map((one) => one[i]).sort());
      // Whoever had begun before it all goes on with the cursor of then.
      const { names, next } = begun[i] as (typeof begun)[number];
      const seen = [...names, ...(await walk(list, [after], next))];
      expect(seen).toEqual([...new Set(seen)]);
      expect(seen).toEqual(expect.arrayContaining(standing.map((one) => one[i])));
    }
    standing.splice(0, standing.length, ...known);
  },
);

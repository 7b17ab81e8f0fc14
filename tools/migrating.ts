import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import pLimit from 'p-limit';
import * as accounts from '../functions/auth/account-store.ts';
import { table as authTable } from '../functions/auth/table.ts';
import * as spaces from '../functions/grades/marks/carry-over.ts';
import { table as gradesTable } from '../functions/grades/table.ts';
import * as products from '../functions/orders/catalogue/product-store.ts';
import * as orders from '../functions/orders/ordering/order-store.ts';
import { table as ordersTable } from '../functions/orders/table.ts';
import * as persons from '../functions/persons/person-store.ts';
import { table as personsTable } from '../functions/persons/table.ts';
import * as students from '../functions/registration/students/student-store.ts';
import { table as registrationTable } from '../functions/registration/table.ts';
import { documents } from '../platform/data/client.ts';
import { alive } from '../platform/data/expiry.ts';
import { allOf, FORMAT, formatOf, unmarked } from '../platform/data/format.ts';
import type { Table } from '../platform/data/table.ts';
import { type Condition, type Item, type Key, lostUpdate, put, update, type Write } from '../platform/data/write.ts';
import { commit } from '../platform/events/commit.ts';
import * as outbox from '../platform/events/outgoing-event.ts';

type Step = (item: Item) => readonly Write[] | Promise<readonly Write[]>;

/** How the items of a context's table come from one format to the next. */
export interface Context {
  readonly table: Table;
  /** From format 1 to 2, from 2 to 3, …: what it takes beside the number. The last leads to the format of the table. */
  readonly steps: readonly Step[];
  /** What puts an item of today's format where settings and rules that have no number want it: for `all`. */
  readonly places: Step;
  /** Whether that changes an item, where finding out how may itself lead to changes. */
  readonly isDue?: (item: Item) => boolean;
}

/** What one of several says of an item that is of its kind. */
function byKind(...kinds: readonly Step[]): Step {
  return async (item) => {
    for (const migrated of kinds) {
      const writes = await migrated(item);
      if (writes.length > 0) return writes;
    }
    return [];
  };
}

const PERSONS = byKind(persons.migrated, outbox.migrated);
const STUDENTS = byKind(students.migrated, outbox.migrated);
const SHOP = byKind(products.migrated, orders.migrated, outbox.migrated);
const MARKS = byKind(spaces.migrated, outbox.migrated);

/** By the environment variable that names the table. What health stores is as it always was. */
export const CONTEXTS: Readonly<Record<string, Context>> = {
  PERSONS_TABLE: { table: personsTable, steps: [PERSONS], places: PERSONS },
  REGISTRATION_TABLE: { table: registrationTable, steps: [STUDENTS], places: STUDENTS },
  ORDERS_TABLE: { table: ordersTable, steps: [SHOP], places: SHOP },
  AUTH_TABLE: { table: authTable, steps: [accounts.migrated], places: accounts.migrated },
  GRADES_TABLE: {
    table: gradesTable,
    steps: [MARKS],
    places: MARKS,
    isDue: (item) => spaces.isDue(item) || outbox.migrated(item).length > 0,
  },
};

/** The environment variables that name the tables. */
export const TABLES: readonly string[] = Object.keys(CONTEXTS);

/** What was seen of one table. */
export interface Tally {
  readonly table: string;
  items: number;
  changed: number;
}

/** How the work is done. */
export interface Options {
  /** Whether nothing is written. */
  readonly dryRun?: boolean;
  /** Whether items of today's format are looked at, too. */
  readonly all?: boolean;
  /** The file in which a run that was broken off says where the next one goes on. */
  readonly checkpoint?: string;
  /** Items a page. */
  readonly page?: number;
  /** Called after each page, once what it led to is stored. */
  readonly onPage?: (tally: Readonly<Tally>) => void | Promise<void>;
}

/** Where a run has come: the tables that are done, and the position within the one that is not. */
interface Position {
  readonly done: readonly string[];
  readonly after?: Record<string, unknown> | undefined;
}

const AT_ONCE = 8;

function readPosition(file: string | undefined): Position {
  return file && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Position) : { done: [] };
}

/** Written beside and moved into place: broken off in the middle it would say nothing that can be read. */
function writePosition(file: string | undefined, position: Position): void {
  if (!file) return;
  writeFileSync(`${file}.new`, JSON.stringify(position));
  renameSync(`${file}.new`, file);
}

/** An item as it is stored, with its format. */
async function stored({ table }: Context, { pk, sk }: Key): Promise<Item | undefined> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: table.name, Key: { pk, sk }, ConsistentRead: true }),
  );
  return alive(Item) ? (Item as Item) : undefined;
}

/** Only onto an item as it was read, beside what else must hold. */
function asRead(item: Item, also: Condition | undefined): Condition {
  const read = [FORMAT, 'version'].filter((name) => item[name] !== undefined);
  const unnumbered = item[FORMAT] === undefined ? [`attribute_not_exists(#${FORMAT})`] : [];
  return {
    when: allOf(also?.when ?? 'attribute_exists(pk)', ...unnumbered, ...read.map((name) => `#${name} = :read_${name}`)),
    names: { ...also?.names, [`#${FORMAT}`]: FORMAT, ...Object.fromEntries(read.map((name) => [`#${name}`, name])) },
    values: { ...also?.values, ...Object.fromEntries(read.map((name) => [`:read_${name}`, item[name]])) },
    otherwise: also?.otherwise ?? lostUpdate,
  };
}

/** A step's writes with the item's new number, in one of them: a transaction may write an item once only. */
function numbered(item: Item, writes: readonly Write[], format: number): Write[] {
  const { pk, sk } = item;
  const own = writes.find((write) => {
    const key = write.kind === 'put' ? write.item : write.key;
    return key.pk === pk && key.sk === sk;
  });
  if (own?.kind === 'remove') return [...writes];
  const condition = asRead(item, own?.condition);
  const others = writes.filter((write) => write !== own);
  if (own?.kind === 'put') return [...others, put({ ...own.item, [FORMAT]: format }, condition)];
  const { set, ...changes } = own?.kind === 'update' ? own.attributes : {};
  return [...others, update({ pk, sk }, { ...changes, set: { ...set, [FORMAT]: format } }, condition)];
}

/** Brings an item from its format to the next. @returns whether it is older than today's after that */
async function step(context: Context, item: Item): Promise<boolean> {
  const { table, steps } = context;
  let reached = table.formats.format;
  await commit(table, async () => {
    const current = await stored(context, item);
    const from = current ? formatOf(current) : reached;
    const taken = steps[from - 1];
    if (!current || !taken || from >= table.formats.format) return {};
    reached = from + 1;
    return { writes: numbered(current, await taken(unmarked({ ...current })), reached) };
  });
  return reached < table.formats.format;
}

/** Puts an item of today's format where it belongs. @returns whether it stood elsewhere */
async function place({ table, places, isDue }: Context, item: Item, dryRun: boolean): Promise<boolean> {
  if (isDue ? !isDue(item) : (await places(item)).length === 0) return false;
  if (dryRun) return true;
  await commit(table, async () => {
    const current = await table.get<Item>({ pk: item.pk, sk: item.sk });
    return { writes: current ? await places(current) : [] };
  });
  return true;
}

/** Brings an item to today's format and, where all are looked at, to its place. @returns whether that changed anything */
async function settle(context: Context, item: Item, { dryRun = false, all = false }: Options): Promise<boolean> {
  const { format, knows } = context.table.formats;
  // A newer version is at work, and this one may not write there.
  if (formatOf(item) > knows) return false;
  const isOld = formatOf(item) < format;
  if (isOld && dryRun) return true;
  if (isOld) while (await step(context, item));
  const isPlaced = all && (await place(context, unmarked({ ...item }), dryRun));
  return isOld || isPlaced;
}

/** A page of a table: what of it is to be looked at, how much there was, and where the next begins. */
async function pageOf({ table }: Context, { page: Limit = 200, all }: Options, after: Position['after']) {
  const older = {
    FilterExpression: 'attribute_not_exists(#format) OR #format < :format',
    ExpressionAttributeNames: { '#format': FORMAT },
    ExpressionAttributeValues: { ':format': table.formats.format },
  };
  const {
    Items = [],
    ScannedCount = 0,
    LastEvaluatedKey,
  } = await documents.send(
    new ScanCommand({
      ...{ TableName: table.name, Limit, ExclusiveStartKey: after, ConsistentRead: true },
      ...(!all && older),
    }),
  );
  return { items: Items.filter(alive) as Item[], seen: ScannedCount, next: LastEvaluatedKey };
}

/** Goes through one table page by page, from where it was left. */
async function migrateTable(name: string, context: Context, from: Position, options: Options): Promise<Tally> {
  const { checkpoint, onPage } = options;
  const tally: Tally = { table: context.table.name, items: 0, changed: 0 };
  const limit = pLimit(AT_ONCE);
  let after = from.after;
  do {
    const { items, seen, next } = await pageOf(context, options, after);
    const moved = await Promise.all(items.map((item) => limit(() => settle(context, item, options))));
    tally.items += seen;
    tally.changed += moved.filter(Boolean).length;
    after = next;
    writePosition(checkpoint, after ? { done: from.done, after } : { done: [...from.done, name] });
    await onPage?.(tally);
  } while (after);
  return tally;
}

/**
 * Brings every item that an older version stored to today's format: item by item, each only as it was read, so that the
 * tables may be in use. What is in it already is left alone, unread by us; a second run finds nothing to do.
 * @returns what was seen, table by table; less of those in which an earlier run was broken off
 */
export async function migrate(options: Options = {}, contexts = CONTEXTS): Promise<Tally[]> {
  const tallies: Tally[] = [];
  let position = readPosition(options.checkpoint);
  for (const [name, context] of Object.entries(contexts)) {
    if (position.done.includes(name)) continue;
    tallies.push(await migrateTable(name, context, position, options));
    position = { done: [...position.done, name] };
  }
  if (options.checkpoint) rmSync(options.checkpoint, { force: true });
  return tallies;
}

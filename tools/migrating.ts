import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
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
import type { Table } from '../platform/data/table.ts';
import type { Item, Write } from '../platform/data/write.ts';
import { commit } from '../platform/events/commit.ts';
import * as outbox from '../platform/events/outgoing-event.ts';

/** What puts items of one kind where they belong. */
interface Mover {
  readonly migrated: (item: Item) => readonly Write[] | Promise<readonly Write[]>;
  /** Whether an item is to be changed, where finding out how may itself lead to changes. */
  readonly isDue?: (item: Item) => boolean;
}

/** A table, and who knows where something of it belongs: by its name, by the number of shards. */
interface Context {
  readonly table: Table;
  readonly movers: readonly Mover[];
}

/** By the environment variable that names the table. */
const CONTEXTS: Readonly<Record<string, Context>> = {
  PERSONS_TABLE: { table: personsTable, movers: [persons, outbox] },
  REGISTRATION_TABLE: { table: registrationTable, movers: [students, outbox] },
  ORDERS_TABLE: { table: ordersTable, movers: [products, orders, outbox] },
  AUTH_TABLE: { table: authTable, movers: [accounts] },
  GRADES_TABLE: { table: gradesTable, movers: [spaces, outbox] },
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

/** Puts one item where it belongs, read anew should somebody be faster. @returns whether it stood elsewhere */
async function settleBy({ migrated, isDue }: Mover, table: Table, item: Item, dryRun: boolean): Promise<boolean> {
  if (isDue ? !isDue(item) : (await migrated(item)).length === 0) return false;
  if (dryRun) return true;
  await commit(table, async () => {
    const current = await table.get<Item>({ pk: item.pk, sk: item.sk });
    return { writes: current ? await migrated(current) : [] };
  });
  return true;
}

/** The same by whoever of a context knows the item. */
async function settle({ table, movers }: Context, item: Item, dryRun: boolean): Promise<boolean> {
  for (const mover of movers) if (await settleBy(mover, table, item, dryRun)) return true;
  return false;
}

/** Goes through one table page by page, from where it was left. */
async function migrateTable(name: string, from: Position, options: Options): Promise<Tally> {
  const context = CONTEXTS[name] as Context;
  const { dryRun = false, checkpoint, page: Limit = 200, onPage } = options;
  const tally: Tally = { table: context.table.name, items: 0, changed: 0 };
  const limit = pLimit(AT_ONCE);
  let after = from.after;
  do {
    const scan = new ScanCommand({ TableName: tally.table, Limit, ExclusiveStartKey: after, ConsistentRead: true });
    const { Items = [], LastEvaluatedKey } = await documents.send(scan);
    const moved = await Promise.all(Items.map((item) => limit(() => settle(context, item as Item, dryRun))));
    tally.items += Items.length;
    tally.changed += moved.filter(Boolean).length;
    after = LastEvaluatedKey;
    writePosition(checkpoint, after ? { done: from.done, after } : { done: [...from.done, name] });
    await onPage?.(tally);
  } while (after);
  return tally;
}

/**
 * Puts every item whose name is folded otherwise than it was, or that is in another shard, where it belongs now: item by
 * item, each only as it was read, so that the tables may be in use. What stands right already is left alone; a second run
 * finds nothing to do.
 * @returns what was seen, table by table; less of those in which an earlier run was broken off
 */
export async function migrate(options: Options = {}): Promise<Tally[]> {
  const tallies: Tally[] = [];
  let position = readPosition(options.checkpoint);
  for (const name of TABLES.filter((one) => !position.done.includes(one))) {
    tallies.push(await migrateTable(name, position, options));
    position = { done: [...position.done, name] };
  }
  if (options.checkpoint) rmSync(options.checkpoint, { force: true });
  return tallies;
}

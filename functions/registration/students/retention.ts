import { timestamp } from '../../../platform/base/clock.ts';
import { required } from '../../../platform/base/env.ts';
import { keyPart } from '../../../platform/base/key-part.ts';
import { log } from '../../../platform/base/log.ts';
import { key } from '../../../platform/data/key.ts';
import {
  absent,
  alreadyDone,
  check,
  type Item,
  type Key,
  lostUpdate,
  present,
  put,
  remove,
  update,
  versionIs,
  type Write,
} from '../../../platform/data/write.ts';
import { commit } from '../../../platform/events/commit.ts';
import { type Entry, linesOf } from '../fees/ledger.ts';
import * as ledger from '../fees/ledger-store.ts';
import * as guardians from '../guardians/guardian-store.ts';
import { table } from '../table.ts';
import type { Student } from './student.ts';
import { partitionOf, recordOf, studentItem, studentKey } from './student-index.ts';

/** For how many days a deletion can be undone. */
export const RESTORABLE_DAYS = 30;

/** What hangs on a student goes a day after their record does: one restored at the last minute has all of it. */
const HANGING_DAYS = RESTORABLE_DAYS + 1;

/** The most items of which one transaction says until when they are kept. */
const MOST_AT_ONCE = 90;

/** A student who was deleted, for as long as they can be restored. */
export interface Deleted extends Student {
  readonly deleted_at: string;
}

/** Where a deleted student's record is: under another name, so that nobody who looks for a student finds it. */
const deletedKey = (id: number): Key => ({ pk: partitionOf(id), sk: key`DELETED` });

/** That it is still to be said of some items until when they are kept. */
const UNSETTLED = key`UNSETTLED`;
const unsettledKey = (id: number): Key => ({ pk: UNSETTLED, sk: key`${keyPart(String(id))}` });

const seconds = (instant: number): number => Math.floor(instant / 1000);

const daysAfter = (instant: string, days: number): number => seconds(Date.parse(instant) + days * 24 * 3600 * 1000);

function yearsAfter(instant: string, years: number): number {
  const then = new Date(instant);
  return seconds(then.setUTCFullYear(then.getUTCFullYear() + years));
}

/** A student who was deleted and can be restored, undefined once nobody can. One read. */
export const findDeleted = (id: number): Promise<Deleted | undefined> => table.get(deletedKey(id));

/** Hides a student that was read; what hangs on them is still to be told until when it is kept. @throws LostUpdate */
export function hide(student: Student): Write[] {
  const [deleted_at, version] = [timestamp(), student.version + 1];
  const hidden = { ...recordOf(student), version, deleted_at, ttl: daysAfter(deleted_at, RESTORABLE_DAYS) };
  return [
    remove(studentKey(student.id), versionIs(student.version, lostUpdate)),
    put({ ...hidden, ...deletedKey(student.id) }),
    put({ ...unsettledKey(student.id), student_id: student.id, version }),
  ];
}

/** Brings a deleted student back as `after`; what hangs on them is still to be told that it stays. @throws LostUpdate */
export const bringBack = ({ id, version }: Deleted, after: Student): Write[] => [
  remove(deletedKey(id), versionIs(version, lostUpdate)),
  put(studentItem(after), absent(lostUpdate)),
  put({ ...unsettledKey(id), student_id: id, version: after.version }),
];

/** What hangs on a student, other than their record: their ledger with the references in it, and who their guardians were. */
async function hangingOn(id: number) {
  const [lines, namings] = await Promise.all([
    table.queryAll<Item>({ partition: ['pk', partitionOf(id)], sort: ['sk', 'begins_with', key`LEDGER#`] }),
    guardians.everyNaming(id),
  ]);
  const payments = linesOf(lines as unknown as Entry[], 'payment');
  const references = await table.getMany<Item>(payments.flatMap(ledger.referencesOf));
  // The reference of a reversed payment may be somebody else's by now.
  const mine = references.filter(({ student_id }) => student_id === id);
  return { books: [...lines, ...mine], namings, hasPayments: payments.length > 0 };
}

/** Until when (epoch seconds) each item that hangs on a student is to be kept; undefined for as long as they are there. */
async function wanted(id: number, deletedAt: string | undefined) {
  const { books, namings, hasPayments } = await hangingOn(id);
  const soon = deletedAt && daysAfter(deletedAt, HANGING_DAYS);
  const late = deletedAt && yearsAfter(deletedAt, Number(required('RETENTION_YEARS')));
  return [
    ...books.map((item) => ({ item, ttl: hasPayments ? late : soon })),
    ...namings.map((item) => ({ item, ttl: soon })),
  ];
}

/** Says of as many items as fit into one transaction until when they are kept. @returns whether some are left */
async function settleSome(id: number): Promise<{ writes: Write[]; left: boolean }> {
  const unsettled = await table.get<Item>(unsettledKey(id));
  if (!unsettled) return { writes: [], left: false };
  const [deleted, student] = [await findDeleted(id), await table.get<Student>(studentKey(id))];
  const done = remove(unsettledKey(id), versionIs(Number(unsettled.version), alreadyDone));
  if (!student && !deleted) return { writes: [done], left: false };
  const due = (await wanted(id, student ? undefined : deleted?.deleted_at)).filter(({ item, ttl }) => item.ttl !== ttl);
  const writes = due
    .slice(0, MOST_AT_ONCE)
    .map(({ item: { pk, sk }, ttl }) => update({ pk, sk }, { set: { ttl } }, present(lostUpdate)));
  const still = student ? check(studentKey(id), present(lostUpdate)) : check(deletedKey(id), present(lostUpdate));
  const left = due.length > MOST_AT_ONCE;
  return { writes: [still, ...writes, ...(left ? [] : [done])], left };
}

/** Says of all that hangs on a student until when it is kept: as they are there or deleted now, whatever was before. */
export async function settle(id: number): Promise<void> {
  while ((await commit(table, () => settleSome(id))).left);
}

/** The same right after a deletion or a restoration. Never fails: what it could not do is done on schedule. */
export const settleAtOnce = (id: number): Promise<void> =>
  settle(id).catch((error: unknown) => log.warn('a retention is left to the schedule', { error, student_id: id }));

/** The students of whom a crash left something to say. */
export async function unsettled(): Promise<number[]> {
  const items = await table.queryAll<Item>({ partition: ['pk', UNSETTLED] });
  return items.map(({ student_id }) => Number(student_id));
}

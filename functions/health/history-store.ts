import * as z from 'zod';
import { timestamp } from '../../platform/clock.ts';
import type { Key, Page } from '../../platform/data/table.ts';
import { put, type Write } from '../../platform/data/write.ts';
import type { Paging } from '../../platform/http/operation.ts';
import { newId } from '../../platform/ids.ts';
import { table } from './table.ts';
import { bodyMassIndex, type Measurement, Vitals } from './vitals.ts';

const PREFIX = 'MEASURED#';

/** Enough for few round trips, little enough for the memory. */
const SWEPT_AT_ONCE = 250;

/** Every item of a person but the traces lies in this partition. */
export const partitionOf = (personId: number): string => `PERSON#${personId}`;

/** A measurement as it was taken. */
export const HistoryEntry = Vitals.extend({
  id: z.string(),
  bmi: z.number().optional(),
  measured_at: z.iso.datetime(),
  recorded_at: z.iso.datetime(),
  recorded_by: z.string(),
});
export type HistoryEntry = z.output<typeof HistoryEntry>;

interface Row extends HistoryEntry, Key {
  /** The record's version that this measurement made. */
  readonly version: number;
  /** Where copies of it lie (a remembered answer), which must not outlive it. */
  readonly copies: readonly Key[];
}

const keysOf = (writes: readonly Write[]): Key[] =>
  writes.flatMap((write) => (write.kind === 'put' ? [{ pk: write.item.pk, sk: write.item.sk }] : []));

/** The write that adds a measurement to the history. @param copies what is written along and repeats it */
export function historyWrite(
  personId: number,
  { measured_at, ...vitals }: Measurement,
  { by, version, copies }: { by: string; version: number; copies: readonly Write[] },
): Write {
  const id = newId();
  const recorded_at = timestamp();
  const entry: HistoryEntry = {
    id,
    ...vitals,
    bmi: bodyMassIndex(vitals),
    measured_at,
    recorded_at,
    recorded_by: by,
  };
  const sk = `${PREFIX}${measured_at}#${id}`;
  return put({ pk: partitionOf(personId), sk, ...entry, version, copies: keysOf(copies) });
}

/** A page of a person's measurements, newest first. One query. */
export const listHistory = (personId: number, { limit, after }: Paging): Promise<Page<HistoryEntry>> =>
  table.query({
    partition: ['pk', partitionOf(personId)],
    sort: ['sk', 'begins_with', PREFIX],
    limit,
    after,
    newestFirst: true,
  });

/**
 * Removes the measurements that made the record's versions up to `version`, batch after batch, and their copies. What
 * a crash leaves, the next call removes.
 */
export async function sweepHistory(personId: number, version = Number.POSITIVE_INFINITY): Promise<void> {
  const question = {
    partition: ['pk', partitionOf(personId)],
    sort: ['sk', 'begins_with', PREFIX],
    limit: SWEPT_AT_ONCE,
  } as const;
  let page: Page<Row> = await table.query<Row>(question);
  for (;;) {
    const rows = page.items.filter((row) => row.version <= version);
    await table.removeAll(rows.flatMap(({ pk, sk, copies }) => [...copies, { pk, sk }]));
    if (!page.next) return;
    page = await table.query<Row>({ ...question, after: page.next });
  }
}

import { timestamp } from '../../platform/base/clock.ts';
import { newId } from '../../platform/base/ids.ts';
import { keyPart } from '../../platform/base/key-part.ts';
import { type KeyText, key } from '../../platform/data/key.ts';
import type { Key, Page, Paging } from '../../platform/data/table.ts';
import { put, type Write } from '../../platform/data/write.ts';
import type { HistoryEntry } from './record.ts';
import { table } from './table.ts';
import { bodyMassIndex, type Measurement } from './vitals.ts';

const PREFIX = key`MEASURED#`;

/** Enough for few round trips, little enough for the memory. */
const SWEPT_AT_ONCE = 250;

/** What is known of a measurement beyond itself. */
interface Recording {
  /** The username of who recorded it. */
  readonly by: string;
  /** The record's version that it made. */
  readonly version: number;
  /** Where copies of it lie (a remembered answer), which must not outlive it. */
  readonly copies?: readonly Key[];
}

type Row = HistoryEntry & Key & Required<Pick<Recording, 'version' | 'copies'>>;

/** Every item of a person but the traces lies in this partition. */
export const partitionOf = (personId: number): KeyText => key`PERSON#${personId}`;

const measurementsOf = (personId: number) =>
  ({ partition: ['pk', partitionOf(personId)], sort: ['sk', 'begins_with', PREFIX] }) as const;

/** A page of a person's measurements, newest first. One query. */
export const list = (personId: number, { limit, after }: Paging): Promise<Page<HistoryEntry>> =>
  table.page({ ...measurementsOf(personId), limit, after, newestFirst: true });

/** Adds a measurement to the history. */
export function insert(personId: number, measurement: Measurement, { by, version, copies = [] }: Recording): Write[] {
  const { measured_at, ...vitals } = measurement;
  const entry: HistoryEntry = {
    id: newId(),
    ...vitals,
    bmi: bodyMassIndex(vitals),
    measured_at,
    recorded_at: timestamp(),
    recorded_by: by,
  };
  return [
    put({
      pk: partitionOf(personId),
      sk: key`${PREFIX}${keyPart(measured_at)}#${keyPart(entry.id)}`,
      ...entry,
      version,
      copies,
    }),
  ];
}

/**
 * Removes the measurements that made the record's versions up to `version`, batch after batch, and their copies. What
 * a crash leaves, the next call removes. @throws busy, with some of them left
 */
export async function sweep(personId: number, version = Number.POSITIVE_INFINITY): Promise<void> {
  const query = { ...measurementsOf(personId), limit: SWEPT_AT_ONCE };
  let page: Page<Row> = await table.query<Row>(query);
  for (;;) {
    const rows = page.items.filter((row) => row.version <= version);
    await table.removeAll(rows.flatMap(({ pk, sk, copies }) => [...copies, { pk, sk }]));
    if (!page.next) return;
    page = await table.query<Row>({ ...query, after: page.next });
  }
}

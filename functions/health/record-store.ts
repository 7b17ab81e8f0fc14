import { timestamp } from '../../platform/base/clock.ts';
import { key } from '../../platform/data/key.ts';
import type { Key } from '../../platform/data/table.ts';
import { absent, lostUpdate, put, unchanged, type Write } from '../../platform/data/write.ts';
import { partitionOf } from './history-store.ts';
import { problem } from './problems.ts';
import { type HealthRecord, hasReadings } from './record.ts';
import { table } from './table.ts';

const recordKey = (personId: number): Key => ({ pk: partitionOf(personId), sk: key`RECORD` });

/** A person's record. One read. */
export const find = (personId: number): Promise<HealthRecord | undefined> => table.get(recordKey(personId));

/**
 * A person's record, to be changed; `absent` where nothing of it is left but its version. One read.
 * @throws person_not_found where it was erased
 */
export async function findLiving(personId: number): Promise<(HealthRecord & { readonly absent: boolean }) | undefined> {
  const record = await find(personId);
  if (record?.erased) throw problem.person_not_found();
  return record && { ...record, absent: !hasReadings(record) };
}

/**
 * Puts a record in place of the one that was read, or of none: only if nobody wrote since, neither another measurement
 * nor, above all, an erasure. @throws LostUpdate
 */
export const replace = (before: HealthRecord | undefined, after: HealthRecord): Write[] => [
  put(
    { ...recordKey(after.person_id), ...after },
    before ? unchanged(before.version, problem.person_not_found) : absent(lostUpdate),
  ),
];

/**
 * Erases the record of a person who was deleted, for good: what stands in its place refuses every later write, also of
 * a request that had asked for the person just before. Safe to repeat; ids are never given again.
 */
export const erase = (personId: number): Write[] => {
  const erased: HealthRecord = {
    person_id: personId,
    readings: {},
    updated_at: timestamp(),
    // A version that no record had, so that a write which read one is refused.
    version: 0,
    erased: true,
  };
  return [put({ ...recordKey(personId), ...erased })];
};

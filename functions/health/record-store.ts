import { timestamp } from '../../platform/clock.ts';
import { optimistically, unchanged } from '../../platform/data/optimistic.ts';
import type { Key } from '../../platform/data/table.ts';
import { absent, type Condition, put, type Write } from '../../platform/data/write.ts';
import type { Caller } from '../../platform/http/access.ts';
import { trace } from './access-log.ts';
import { historyWrite, partitionOf, sweepHistory } from './history-store.ts';
import { problem } from './problems.ts';
import { type HealthRecord, merge, type Readings, readingsOf } from './record.ts';
import { table } from './table.ts';
import type { Measurement } from './vitals.ts';

const recordKey = (personId: number): Key => ({ pk: partitionOf(personId), sk: 'RECORD' });

/** A person's record. One read. */
export const findRecord = (personId: number): Promise<HealthRecord | undefined> => table.get(recordKey(personId));

/** Only if nobody wrote since: neither another measurement nor, above all, an erasure. */
const untouched = (record: HealthRecord | undefined): Condition => {
  const condition = unchanged(record?.version ?? 0, problem.person_not_found);
  return record ? condition : absent(condition.otherwise);
};

/** Writes the next version of a record, and whatever goes along with it; again from the start if somebody was faster. */
function change(
  personId: number,
  next: (current: Readings) => Readings,
  along: (record: HealthRecord) => readonly Write[],
): Promise<HealthRecord> {
  return optimistically(undefined, async () => {
    const current = await findRecord(personId);
    if (current?.erased) throw problem.person_not_found();
    const readings = next(current?.readings ?? {});
    const version = (current?.version ?? 0) + 1;
    const record = { person_id: personId, readings, updated_at: timestamp(), version };
    await table.write([put({ ...recordKey(personId), ...record }, untouched(current)), ...along(record)]);
    return record;
  });
}

/** Adds a measurement: to the history, and to the current values where it is the newest. @throws person_not_found */
export const addMeasurement = (
  personId: number,
  measurement: Measurement,
  caller: Caller,
  along: (record: HealthRecord) => readonly Write[],
): Promise<HealthRecord> =>
  change(
    personId,
    (current) => merge(current, readingsOf(measurement)),
    (record) => {
      const copies = along(record);
      const { version } = record;
      return [
        historyWrite(personId, measurement, { by: caller.username, version, copies }),
        trace(personId, caller, 'add'),
        ...copies,
      ];
    },
  );

/** Makes this measurement all that is current; the history keeps what was. @throws person_not_found */
export const replaceReadings = (personId: number, measurement: Measurement, caller: Caller): Promise<HealthRecord> =>
  change(
    personId,
    () => readingsOf(measurement),
    ({ version }) => [
      historyWrite(personId, measurement, { by: caller.username, version, copies: [] }),
      trace(personId, caller, 'replace'),
    ],
  );

/** Removes current values and history; a measurement that arrives meanwhile stays whole. @throws person_not_found */
export async function clearRecord(personId: number, caller: Caller): Promise<void> {
  const emptied = await change(
    personId,
    () => ({}),
    () => [trace(personId, caller, 'delete')],
  );
  await sweepHistory(personId, emptied.version);
}

/**
 * Removes all health data of a person who was deleted, for good: what stands in its place refuses every later write,
 * also of a request that had asked for the person just before. Safe to repeat; ids are never given again.
 */
export async function eraseRecord(personId: number): Promise<void> {
  const erased: HealthRecord = {
    person_id: personId,
    readings: {},
    updated_at: timestamp(),
    // A version that no record had, so that a write which read one is refused.
    version: 0,
    erased: true,
  };
  await table.write([put({ ...recordKey(personId), ...erased })]);
  await sweepHistory(personId);
}

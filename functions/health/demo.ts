import { keyPart } from '../../platform/base/key-part.ts';
import { commit } from '../../platform/events/commit.ts';
import { allow, Caller } from '../../platform/http/access.ts';
import * as accesses from './access-log.ts';
import * as history from './history-store.ts';
import { added } from './record.ts';
import * as records from './record-store.ts';
import { table } from './table.ts';
import { Measurement } from './vitals.ts';

/** By the ids that the demo persons have on a first start. */
const DEMO_MEASUREMENTS = {
  1: [
    { measured_at: '2026-09-07T08:30:00Z', weight: 71.5, height: 178 },
    { measured_at: '2026-10-12T08:30:00Z', weight: 70.2, heart_rate: 64 },
    { measured_at: '2026-11-09T08:30:00Z', heart_rate: 62, blood_pressure: { systolic: 118, diastolic: 76 } },
  ],
  2: [{ measured_at: '2026-09-07T08:45:00Z', weight: 82, height: 184, heart_rate: 71 }],
} as const;

const NURSE = new Caller({ username: keyPart('admin'), role: 'admin', sessionId: keyPart('demo') }, allow('admin'));

const addMeasurement = (personId: number, measurement: Measurement) =>
  commit(table, async () => {
    const before = await records.findLiving(personId);
    const record = added(personId, before, measurement);
    return {
      writes: [
        ...records.replace(before, record),
        ...history.insert(personId, measurement, { by: NURSE.username, version: record.version }),
        ...accesses.trace(personId, NURSE, 'add'),
      ],
    };
  });

/** The demo health data of a local start; a record that ever existed stays as it is. */
export async function loadDemo(): Promise<void> {
  for (const [id, measurements] of Object.entries(DEMO_MEASUREMENTS)) {
    if (await records.find(Number(id))) continue;
    for (const one of measurements) await addMeasurement(Number(id), Measurement.parse(one));
  }
}

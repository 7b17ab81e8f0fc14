import * as z from 'zod';
import { timestamp } from '../../platform/base/clock.ts';
import { bodyMassIndex, type Measurement, SIGNS, type Sign, Vitals } from './vitals.ts';

/** One vital sign as it was last measured. */
export interface Reading<S extends Sign = Sign> {
  readonly value: NonNullable<Vitals[S]>;
  readonly measured_at: string;
}

/** What is known of a person now, sign by sign. */
export type Readings = { readonly [S in Sign]?: Reading<S> };

/** A person's health as it is stored. Emptied, it keeps its version, so that no older write can pass for a newer one. */
export interface HealthRecord {
  readonly person_id: number;
  readonly readings: Readings;
  readonly updated_at: string;
  readonly version: number;
  /** The person was deleted: nothing may be written here again. */
  readonly erased?: boolean;
}

/** A person's health as the API shows it. */
export const HealthView = Vitals.extend({
  person_id: z.int().positive(),
  /** kg/m², from the current weight and height; left out where they were measured more than a year apart. */
  bmi: z.number().optional(),
  /** When the weight and the height of that index were measured. */
  bmi_measured_at: z.object({ weight: z.iso.datetime(), height: z.iso.datetime() }).optional(),
  /** When the newest of these was measured. */
  measured_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});

/** A measurement as it was taken. */
export const HistoryEntry = Vitals.extend({
  id: z.string(),
  bmi: z.number().optional(),
  measured_at: z.iso.datetime(),
  recorded_at: z.iso.datetime(),
  recorded_by: z.string(),
});
export type HistoryEntry = z.output<typeof HistoryEntry>;

/** The measured signs as readings. */
function readingsOf({ measured_at, ...vitals }: Measurement): Readings {
  const given = SIGNS.filter((sign) => vitals[sign] !== undefined);
  return Object.fromEntries(given.map((sign) => [sign, { value: vitals[sign], measured_at }])) as Readings;
}

/** Both together, of each sign the one measured last: a measurement that arrives late does not replace a newer one. */
function merge(current: Readings, added: Readings): Readings {
  const newer = SIGNS.filter((sign) => (current[sign]?.measured_at ?? '') <= (added[sign]?.measured_at ?? ''));
  return { ...current, ...Object.fromEntries(newer.flatMap((sign) => (added[sign] ? [[sign, added[sign]]] : []))) };
}

/** The next version of a person's record; `before` is undefined where there is none. */
const nextOf = (personId: number, before: HealthRecord | undefined, readings: Readings): HealthRecord => ({
  person_id: personId,
  readings,
  updated_at: timestamp(),
  version: (before?.version ?? 0) + 1,
});

/** A record once a measurement is added: it counts of each sign where it is the newest. */
export const added = (personId: number, before: HealthRecord | undefined, measurement: Measurement): HealthRecord =>
  nextOf(personId, before, merge(before?.readings ?? {}, readingsOf(measurement)));

/** A record once a measurement is all that is current. */
export const replaced = (personId: number, before: HealthRecord | undefined, measurement: Measurement): HealthRecord =>
  nextOf(personId, before, readingsOf(measurement));

/** A record once nothing of it is current. */
export const emptied = (personId: number, before: HealthRecord | undefined): HealthRecord =>
  nextOf(personId, before, {});

/** The bare values of some readings. */
const vitalsOf = (readings: Readings): Vitals =>
  Object.fromEntries(SIGNS.flatMap((sign) => (readings[sign] ? [[sign, readings[sign].value]] : [])));

/** Whether more than a calendar year lies between two times. */
function moreThanAYearApart(one: string, other: string): boolean {
  const [earlier = '', later = ''] = [one, other].sort();
  const limit = new Date(earlier);
  limit.setUTCFullYear(limit.getUTCFullYear() + 1);
  return Date.parse(later) > limit.getTime();
}

/** The body mass index now, and the times that it stands on; nothing where these are too far apart to go together. */
export function currentIndex({ weight, height }: Readings) {
  if (!weight || !height || moreThanAYearApart(weight.measured_at, height.measured_at)) return {};
  return {
    bmi: bodyMassIndex({ weight: weight.value, height: height.value }),
    bmi_measured_at: { weight: weight.measured_at, height: height.measured_at },
  };
}

/** Whether anything is known. */
export const hasReadings = ({ readings }: HealthRecord): boolean => SIGNS.some((sign) => readings[sign]);

/** A record as its answer. */
export function view({ person_id, readings, updated_at }: HealthRecord): z.input<typeof HealthView> {
  const vitals = vitalsOf(readings);
  const times = SIGNS.map((sign) => readings[sign]?.measured_at ?? '').sort();
  return { person_id, ...vitals, ...currentIndex(readings), measured_at: times.at(-1) || updated_at, updated_at };
}

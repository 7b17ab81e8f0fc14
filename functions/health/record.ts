import * as z from 'zod';
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
  /** kg/m², from the current weight and height. */
  bmi: z.number().optional(),
  /** When the newest of these was measured. */
  measured_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});

/** The measured signs as readings. */
export function readingsOf({ measured_at, ...vitals }: Measurement): Readings {
  const given = SIGNS.filter((sign) => vitals[sign] !== undefined);
  return Object.fromEntries(given.map((sign) => [sign, { value: vitals[sign], measured_at }])) as Readings;
}

/** Both together, of each sign the one measured last: a measurement that arrives late does not replace a newer one. */
export function merge(current: Readings, added: Readings): Readings {
  const newer = SIGNS.filter((sign) => (current[sign]?.measured_at ?? '') <= (added[sign]?.measured_at ?? ''));
  return { ...current, ...Object.fromEntries(newer.flatMap((sign) => (added[sign] ? [[sign, added[sign]]] : []))) };
}

/** The bare values of some readings. */
const vitalsOf = (readings: Readings): Vitals =>
  Object.fromEntries(SIGNS.flatMap((sign) => (readings[sign] ? [[sign, readings[sign].value]] : [])));

/** Whether anything is known. */
export const hasReadings = ({ readings }: HealthRecord): boolean => SIGNS.some((sign) => readings[sign]);

/** A record as its answer. */
export function view({ person_id, readings, updated_at }: HealthRecord): z.input<typeof HealthView> {
  const vitals = vitalsOf(readings);
  const times = SIGNS.map((sign) => readings[sign]?.measured_at ?? '').sort();
  return { person_id, ...vitals, bmi: bodyMassIndex(vitals), measured_at: times.at(-1) || updated_at, updated_at };
}

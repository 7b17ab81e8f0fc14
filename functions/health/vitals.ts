import * as z from 'zod';
import { clock, timestamp } from '../../platform/clock.ts';
import { rule } from '../../platform/http/rule.ts';
import { IntegerId } from '../../platform/ids.ts';

/** How far a client's clock may run ahead of ours, in milliseconds. */
const CLOCK_SKEW_MS = 5 * 60_000;

const swapped = rule('swapped_blood_pressure', {
  fr: 'La pression systolique dépasse toujours la diastolique',
  en: 'The systolic pressure is always above the diastolic one',
});
const impossibleTime = rule('impossible_time', {
  fr: 'Une mesure date d’entre 1900 et maintenant',
  en: 'A measurement was made between 1900 and now',
});
const empty = rule('empty_measurement', {
  fr: 'Donnez au moins une mesure',
  en: 'Give at least one measurement',
});

const BloodPressure = z
  .strictObject({ systolic: z.number().min(40).max(300), diastolic: z.number().min(20).max(200) })
  .refine(({ systolic, diastolic }) => systolic > diastolic, swapped);

const MeasuredAt = z.iso
  .datetime({ offset: true })
  .transform((time) => new Date(time).toISOString())
  .refine((time) => time >= '1900' && Date.parse(time) <= clock.now() + CLOCK_SKEW_MS, impossibleTime);

const signs = {
  /** Kilograms. */
  weight: z.number().min(0.2).max(700).optional(),
  /** Centimetres. */
  height: z.number().min(20).max(280).optional(),
  /** Beats a minute. */
  heart_rate: z.number().min(20).max(300).optional(),
  /** Millimetres of mercury. */
  blood_pressure: BloodPressure.optional(),
};

/** Vital signs, each of them optional, in the units above. */
export const Vitals = z.object(signs);
export type Vitals = z.output<typeof Vitals>;

/** The name of one vital sign. */
export type Sign = keyof Vitals;
export const SIGNS = Object.keys(signs) as Sign[];

/** What `POST` and `PUT` take: at least one vital sign, and when it was measured (now, unless it says so). */
export const Measurement = z
  .strictObject({ ...signs, measured_at: MeasuredAt.default(() => timestamp()) })
  .refine((measurement) => SIGNS.some((sign) => measurement[sign] !== undefined), empty);
export type Measurement = z.output<typeof Measurement>;

/** The body mass index in kg/m², to one decimal; undefined without both weight and height. */
export const bodyMassIndex = ({ weight, height }: Vitals): number | undefined =>
  weight === undefined || height === undefined ? undefined : Math.round((weight / (height / 100) ** 2) * 10) / 10;

/** `{person_id}` in a path. */
export const HealthPath = z.object({ person_id: IntegerId });

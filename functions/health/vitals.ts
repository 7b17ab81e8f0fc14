import * as z from 'zod';
import { clock, timestamp } from '../../platform/base/clock.ts';
import { decimalOf, roundedQuotient } from '../../platform/base/decimal.ts';
import { IntegerId } from '../../platform/schema/identifiers.ts';
import { rule } from '../../platform/schema/rule.ts';

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
const saidTwice = rule('said_twice', {
  fr: 'Donnez chaque mesure sous un seul de ses deux noms',
  en: 'Give each sign under one of its two names only',
});
const empty = rule('empty_measurement', {
  fr: 'Donnez au moins une mesure',
  en: 'Give at least one measurement',
});

const BloodPressure = z
  .strictObject({ systolic: z.number().min(40).max(300), diastolic: z.number().min(20).max(200) })
  .refine(({ systolic, diastolic }) => systolic > diastolic, swapped);

// RFC 3339, 5.6: the T and the Z may be small.
const MeasuredAt = z
  .string()
  .max(64)
  .toUpperCase()
  .pipe(z.iso.datetime({ offset: true }))
  .transform((time) => new Date(time).toISOString())
  .refine((time) => time >= '1900' && Date.parse(time) <= clock.now() + CLOCK_SKEW_MS, impossibleTime)
  .meta({ override: { type: 'string', format: 'date-time' } });

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

/** The words of the source document for the same signs, understood wherever a measurement is sent. */
const WORDS = {
  poids: 'weight',
  taille: 'height',
  frequence_cardiaque: 'heart_rate',
  tension_arterielle: 'blood_pressure',
} as const satisfies Record<string, Sign>;

// The bounds of a blood pressure, so that the description tells all of them.
const PRESSURES = /^([4-9]\d|[12]\d\d|300)\s*\/\s*([2-9]\d|1\d\d|200)$/;

/** A blood pressure as people write it: systolic, a slash, diastolic. */
const WrittenPressure = z
  .string()
  .regex(PRESSURES)
  .meta({ examples: ['120/80'] })
  .transform((text) => {
    const [, systolic, diastolic] = PRESSURES.exec(text) ?? [];
    return { systolic: Number(systolic), diastolic: Number(diastolic) };
  })
  .pipe(BloodPressure);

const saidInWords = {
  poids: signs.weight.meta({ description: 'Another word for `weight`, kg' }),
  taille: signs.height.meta({ description: 'Another word for `height`, cm' }),
  frequence_cardiaque: signs.heart_rate.meta({ description: 'Another word for `heart_rate`, beats a minute' }),
  tension_arterielle: z
    .union([WrittenPressure, BloodPressure])
    .optional()
    .meta({ description: 'Another word for `blood_pressure`, mmHg; also written `120/80`' }),
};

const Sent = z.strictObject({ ...signs, ...saidInWords, measured_at: MeasuredAt.default(() => timestamp()) });

/** Each sign under its own name, whichever word it came by. */
function inOurWords({ poids, taille, frequence_cardiaque, tension_arterielle, ...sent }: z.output<typeof Sent>) {
  const { weight = poids, height = taille, heart_rate = frequence_cardiaque } = sent;
  return { ...sent, weight, height, heart_rate, blood_pressure: sent.blood_pressure ?? tension_arterielle };
}

/**
 * What `POST` and `PUT` take: at least one vital sign, each by one word, and when it was measured (now, unless it says
 * so). It gives the signs under the names of {@link Vitals}.
 */
export const Measurement = Sent.superRefine((sent, context) => {
  for (const [word, sign] of Object.entries(WORDS) as [keyof typeof WORDS, Sign][])
    if (sent[word] !== undefined && sent[sign] !== undefined)
      context.addIssue({ code: 'custom', path: [word], ...saidTwice });
})
  .transform(inOurWords)
  .refine((measurement) => SIGNS.some((sign) => measurement[sign] !== undefined), empty);
export type Measurement = z.output<typeof Measurement>;

/** The square centimetres of a square metre, and the tenths of one. */
const TENTHS = 10n * 100n ** 2n;

/**
 * The body mass index in kg/m², to one decimal, half up: of the very decimals that were measured, in whole numbers, so
 * that whoever does the sum on paper finds the same. Undefined without both weight and height.
 */
export function bodyMassIndex({ weight, height }: Vitals): number | undefined {
  if (weight === undefined || height === undefined) return undefined;
  const [kilograms, centimetres] = [decimalOf(weight), decimalOf(height)];
  const dividend = kilograms.units * TENTHS * centimetres.scale ** 2n;
  return roundedQuotient(dividend, kilograms.scale * centimetres.units ** 2n) / 10;
}

/** `{person_id}` in a path. */
export const HealthPath = z.object({ person_id: IntegerId });

import { createHash } from 'node:crypto';
import { isAcceptable } from '../../platform/http/media-types.ts';
import type { Bundle, Observation } from './fhir-schema.ts';
import { currentIndex, type HealthRecord, type Readings } from './record.ts';
import { SIGNS, type Sign } from './vitals.ts';

/** FHIR's JSON, in its fourth release. */
export const FHIR_TYPE = 'application/fhir+json; fhirVersion=4.0; charset=utf-8';

/** What `_format` may say for it, beside its media type (FHIR R4, 3.1.0.1.11). */
const SHORT_NAMES = ['json', 'application/json', 'text/json'];

/** Whether FHIR's `_format` asks for what we have. An unescaped + of a query string arrives as a space. */
export const isOurFormat = (format: string): boolean =>
  SHORT_NAMES.includes(format) || isAcceptable(format.replace('/fhir json', '/fhir+json'), [FHIR_TYPE]);

interface Unit {
  readonly unit: string;
  /** UCUM. */
  readonly code: string;
}

interface Code {
  /** LOINC. */
  readonly loinc: string;
  readonly display: string;
  /** The vital-signs profile of FHIR R4 that it follows. */
  readonly profile: string;
}

const CODES: Readonly<Record<Sign | 'bmi', Code>> = {
  weight: { loinc: '29463-7', display: 'Body weight', profile: 'bodyweight' },
  height: { loinc: '8302-2', display: 'Body height', profile: 'bodyheight' },
  heart_rate: { loinc: '8867-4', display: 'Heart rate', profile: 'heartrate' },
  blood_pressure: { loinc: '85354-9', display: 'Blood pressure panel with all children optional', profile: 'bp' },
  bmi: { loinc: '39156-5', display: 'Body mass index (BMI) [Ratio]', profile: 'bmi' },
};

const UNITS = {
  weight: { unit: 'kg', code: 'kg' },
  height: { unit: 'cm', code: 'cm' },
  heart_rate: { unit: 'beats/minute', code: '/min' },
  blood_pressure: { unit: 'mmHg', code: 'mm[Hg]' },
  bmi: { unit: 'kg/m2', code: 'kg/m2' },
} satisfies Record<Sign | 'bmi', Unit>;

const inLoinc = (code: string, display: string) => ({
  coding: [{ system: 'http://loinc.org', code, display }],
  text: display,
});

const quantity = (value: number, unit: Unit) => ({ value, ...unit, system: 'http://unitsofmeasure.org' as const });

const VITAL_SIGNS = {
  coding: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/observation-category',
      code: 'vital-signs',
      display: 'Vital Signs',
    },
  ],
};

/** The same text always has the same identifier: a version 8 UUID (RFC 9562, 5.8). */
function urnOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

type Value = Pick<Observation, 'valueQuantity' | 'derivedFrom'> | Pick<Observation, 'component'>;

function valueFor(sign: Sign | 'bmi', value: number | { systolic: number; diastolic: number }): Value {
  const unit = UNITS[sign];
  if (typeof value === 'number') return { valueQuantity: quantity(value, unit) };
  return {
    component: [
      { code: inLoinc('8480-6', 'Systolic blood pressure'), valueQuantity: quantity(value.systolic, unit) },
      { code: inLoinc('8462-4', 'Diastolic blood pressure'), valueQuantity: quantity(value.diastolic, unit) },
    ],
  };
}

const urlOf = (personId: number, sign: Sign | 'bmi', measuredAt: string): string =>
  urnOf(`${personId} ${sign} ${measuredAt}`);

function observation(personId: number, sign: Sign | 'bmi', value: Value, measuredAt: string): Bundle['entry'][number] {
  const { loinc, display, profile } = CODES[sign];
  return {
    fullUrl: urlOf(personId, sign, measuredAt),
    resource: {
      resourceType: 'Observation',
      meta: { profile: [`http://hl7.org/fhir/StructureDefinition/${profile}`] },
      status: 'final',
      category: [VITAL_SIGNS],
      code: inLoinc(loinc, display),
      subject: {
        reference: `Patient/${personId}`,
        identifier: { system: 'urn:campus:person', value: String(personId) },
      },
      effectiveDateTime: measuredAt,
      ...value,
    },
  };
}

/** The body mass index: as old as the newer of what it is made of, to which it points. */
function indexOf(personId: number, readings: Readings): Bundle['entry'] {
  const { bmi, bmi_measured_at: times } = currentIndex(readings);
  if (bmi === undefined || !times) return [];
  const sources = [urlOf(personId, 'weight', times.weight), urlOf(personId, 'height', times.height)];
  const value = { ...valueFor('bmi', bmi), derivedFrom: sources.map((reference) => ({ reference })) };
  return [observation(personId, 'bmi', value, [times.weight, times.height].sort()[1] ?? times.weight)];
}

/** A record as a FHIR R4 Bundle: one Observation for each sign, coded in LOINC, in UCUM units. */
export function bundleOf(record: HealthRecord): Bundle {
  const { person_id, readings, updated_at } = record;
  const entry = SIGNS.flatMap((sign) => {
    const reading = readings[sign];
    return reading ? [observation(person_id, sign, valueFor(sign, reading.value), reading.measured_at)] : [];
  });
  entry.push(...indexOf(person_id, readings));
  return { resourceType: 'Bundle', type: 'collection', timestamp: updated_at, entry };
}

import JSONSchemaValidator from '@asymmetrik/fhir-json-schema-validator';
import { describe, expect, test } from '@jest/globals';
import type { Observation, Bundle as R4Bundle } from 'fhir/r4.js';
import { bundleOf } from './fhir.ts';
import { Bundle } from './fhir-schema.ts';
import type { HealthRecord } from './record.ts';

const standard = new JSONSchemaValidator();

const record: HealthRecord = {
  person_id: 7,
  readings: {
    weight: { value: 70.2, measured_at: '2026-10-12T08:30:00.000Z' },
    height: { value: 178, measured_at: '2026-09-07T08:30:00.000Z' },
    heart_rate: { value: 62, measured_at: '2026-11-09T08:30:00.000Z' },
    blood_pressure: { value: { systolic: 118, diastolic: 76 }, measured_at: '2026-11-09T08:30:00.000Z' },
  },
  updated_at: '2026-11-09T08:31:00.000Z',
  version: 3,
};
/** By the types of R4 too: they require what its JSON schema leaves out, such as a status. */
const bundle: R4Bundle<Observation> = bundleOf(record);
const resources = bundleOf(record).entry.map(({ resource }) => resource);
const codeOf = ({ code }: (typeof resources)[number]) => code.coding[0]?.code;
const coded = (loinc: string) => resources.find((resource) => codeOf(resource) === loinc);
const ucum = (value: number, code: string) =>
  expect.objectContaining({ value, code, system: 'http://unitsofmeasure.org' });

describe('a record as a FHIR Bundle', () => {
  test('is valid by the JSON schema that HL7 publishes for R4', () => {
    expect(standard.validate(bundle)).toEqual([]);
    for (const resource of resources) expect(standard.validate(resource)).toEqual([]);
  });

  test('would not be, were it not: the validation sees a wrong status and a missing code', () => {
    expect(standard.validate({ ...resources[0], status: 7 })).not.toEqual([]);
    expect(standard.validate({ ...resources[0], code: undefined })).not.toEqual([]);
  });

  test('passes its own schema whole, so that nothing of it is cut off on the way out', () => {
    expect(Bundle.parse(bundleOf(record))).toEqual(bundleOf(record));
  });

  test('codes every sign in LOINC, in UCUM units', () => {
    expect(resources.map(codeOf)).toEqual(['29463-7', '8302-2', '8867-4', '85354-9', '39156-5']);
    expect(coded('29463-7')?.valueQuantity).toEqual(ucum(70.2, 'kg'));
    expect(coded('8302-2')?.valueQuantity).toEqual(ucum(178, 'cm'));
    expect(coded('8867-4')?.valueQuantity).toEqual(ucum(62, '/min'));
    expect(coded('39156-5')?.valueQuantity).toEqual(ucum(22.2, 'kg/m2'));
    expect(coded('85354-9')).not.toHaveProperty('valueQuantity');
    expect(coded('85354-9')?.component).toEqual([
      {
        code: expect.objectContaining({ coding: [expect.objectContaining({ code: '8480-6' })] }),
        valueQuantity: ucum(118, 'mm[Hg]'),
      },
      {
        code: expect.objectContaining({ coding: [expect.objectContaining({ code: '8462-4' })] }),
        valueQuantity: ucum(76, 'mm[Hg]'),
      },
    ]);
  });

  test('is of the vital-signs category, dated sign by sign, about the person', () => {
    for (const { category, subject } of resources) {
      expect(category[0]?.coding[0]).toMatchObject({ code: 'vital-signs' });
      expect(subject).toMatchObject({ reference: 'Patient/7' });
    }
    expect(coded('8302-2')?.effectiveDateTime).toBe('2026-09-07T08:30:00.000Z');
    expect(coded('39156-5')?.effectiveDateTime).toBe('2026-10-12T08:30:00.000Z');
  });

  test('names each entry alike every time, and no two alike', () => {
    const urls = bundleOf(record).entry.map(({ fullUrl }) => fullUrl);
    expect(new Set(urls).size).toBe(5);
    expect(bundleOf(record).entry.map(({ fullUrl }) => fullUrl)).toEqual(urls);
    for (const url of urls) expect(url).toMatch(/^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/);
  });
});

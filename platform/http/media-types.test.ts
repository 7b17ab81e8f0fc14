import { expect, test } from '@jest/globals';
import { fc } from '../../tests/support/draws.ts';
import { preferredType } from './media-types.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
const FHIR = 'application/fhir+json; fhirVersion=4.0; charset=utf-8';
const offered = [JSON_TYPE, FHIR] as const;

test.each([
  ['application/fhir+json', FHIR],
  ['application/fhir+json; fhirVersion=4.0', FHIR],
  ['application/fhir+json; fhirVersion=5.0', JSON_TYPE],
  ['Application/FHIR+JSON;q=0.9, application/json;q=0.8', FHIR],
  ['application/json, application/fhir+json;q=0.5', JSON_TYPE],
  ['application/fhir+json, application/json', FHIR],
  ['application/json, application/fhir+json', JSON_TYPE],
  ['application/fhir+json;q=0, */*', JSON_TYPE],
  ['application/json;q=0.1, application/*;q=0.9', FHIR],
  ['application/fhir+json;q=0', JSON_TYPE],
  ['application/json', JSON_TYPE],
  ['*/*', JSON_TYPE],
  ['text/html', JSON_TYPE],
  ['', JSON_TYPE],
  [undefined, JSON_TYPE],
])('RFC 9110, 12.5.1: Accept: %s is answered in %s', (accept, type) => {
  expect(preferredType(accept, offered)).toBe(type);
});

test('whatever stands in Accept, one of the offered types is chosen', () => {
  const parts = fc.constantFrom(
    'application/',
    'fhir+json',
    'json',
    '*',
    '/',
    ';',
    'q=',
    '0.5',
    '=',
    ',',
    '"',
    '\\',
    ' ',
    'é',
  );
  const headers = fc.array(parts, { maxLength: 20 }).map((all) => all.join(''));
  fc.assert(fc.property(headers, (accept) => offered.includes(preferredType(accept, offered))));
});

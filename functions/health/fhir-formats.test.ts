import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { admin, call } from '../../tests/support/call.ts';
import { type PeerStub, startPeer } from '../../tests/support/peer.ts';
import { knowPerson } from '../../tests/support/persons.ts';
import { createContext } from '../../tests/support/tables.ts';
import { handler } from './health.ts';

let persons: PeerStub;
const token = { Authorization: 'Bearer token-of-the-caller' };

beforeAll(async () => {
  await createContext('health');
  persons = await startPeer();
});
afterAll(() => persons.stop());

describe('FHIR', () => {
  const FHIR = 'application/fhir+json; fhirVersion=4.0; charset=utf-8';
  const JSON_TYPE = 'application/json; charset=utf-8';
  let id: number;
  const read = (headers: object) =>
    call(handler, `GET /health/${id}`, { as: admin, headers: { ...token, ...headers } });
  beforeAll(async () => {
    id = knowPerson(persons);
    await call(handler, `POST /health/${id}`, { as: admin, body: { weight: 70 }, headers: token });
  });

  test.each([
    ['application/fhir+json', FHIR],
    ['application/fhir+json; fhirVersion=4.0', FHIR],
    ['application/fhir+json; fhirVersion="4.0"', FHIR],
    ['application/fhir+json; fhirVersion=5.0, application/fhir+json; fhirVersion=4.0; q=0.5', FHIR],
    ['application/fhir+json; fhirVersion=5.0, application/json', JSON_TYPE],
  ])('by Accept: %s comes as %s', async (accept, type) => {
    const { status, headers } = await read({ Accept: accept });
    expect([status, headers['Content-Type']]).toEqual([200, type]);
  });

  test.each(['5.0', '3.0', '4.3', '"5.0"'])('of release %s is not to be had', async (release) => {
    const { status, body } = await read({ Accept: `application/fhir+json; fhirVersion=${release}` });
    expect([status, body.code]).toEqual([406, 'not_acceptable']);
  });

  const asked = (format: string) => call(handler, `GET /health/${id}?_format=${format}`, { as: admin, headers: token });

  test.each([
    'json',
    'application/json',
    'application/fhir+json',
    'application/fhir%2Bjson',
    'application%2Ffhir%2Bjson;fhirVersion=4.0',
  ])('by _format=%s is a Bundle', async (format) => {
    const { status, headers, body } = await asked(format);
    expect([status, headers['Content-Type'], body.resourceType]).toEqual([200, FHIR, 'Bundle']);
  });

  test.each(['xml', 'application/fhir%2Bxml', 'ttl', 'application/fhir%2Bjson;fhirVersion=5.0', 'html'])(
    'by _format=%s is not to be had',
    async (format) => {
      expect((await asked(format)).body.code).toBe('not_acceptable');
    },
  );

  test('by an empty _format is asked for by Accept', async () => {
    expect((await asked('')).headers['Content-Type']).toBe(JSON_TYPE);
  });
});

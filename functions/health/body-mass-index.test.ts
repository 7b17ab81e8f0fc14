import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { admin, call } from '../../tests/support/call.ts';
import { json, type PeerStub, startPeer } from '../../tests/support/peer.ts';
import { createContext } from '../../tests/support/tables.ts';
import { handler } from './health.ts';
import { bodyMassIndex } from './vitals.ts';

/** Tenths of weight ÷ height², half up, of weights in tenths of a kilogram and heights in centimetres: whole numbers. */
function onPaper(tenthsOfKg: number, centimetres: number): number {
  const [dividend, divisor] = [tenthsOfKg * 10_000, centimetres ** 2];
  const rest = dividend % divisor;
  const tenths = (dividend - rest) / divisor;
  return (2 * rest >= divisor ? tenths + 1 : tenths) / 10;
}

test('each weight in tenths of a kilogram over each height in centimetres is what the sum on paper gives', () => {
  const differing: string[] = [];
  for (let weight = 2; weight <= 7000; weight += 1)
    for (let height = 20; height <= 280; height += 1) {
      const bmi = bodyMassIndex({ weight: weight / 10, height });
      if (bmi !== onPaper(weight, height)) differing.push(`${weight / 10} kg, ${height} cm: ${bmi}`);
    }
  expect(differing).toEqual([]);
}, 300_000);

test.each([
  // True ties, which binary fractions miss on one side or the other.
  [72.2, 190, 20],
  [58.7412, 178, 18.5],
  [0.45, 100, 0.5],
  [80.05, 100, 80.1],
  [61.25, 175, 20],
  [20.25, 150, 9],
  [33.0625, 115, 25],
])('%p kg over %p cm is %p', (weight, height, bmi) => {
  expect(bodyMassIndex({ weight, height })).toBe(bmi);
});

describe('over HTTP', () => {
  let persons: PeerStub;
  beforeAll(async () => {
    await createContext('health');
    persons = await startPeer();
    persons.behave((request, response) =>
      json(200, { id: Number(/\d+$/.exec(request.url ?? '')?.[0]) })(request, response),
    );
  });
  afterAll(() => persons.stop());

  const measure = (id: number, body: object) => call(handler, `POST /health/${id}`, { as: admin, body });
  const read = async (id: number) => (await call(handler, `GET /health/${id}`, { as: admin })).body;
  const inFhir = async (id: number) => {
    const headers = { Accept: 'application/fhir+json' };
    const { entry } = (await call(handler, `GET /health/${id}`, { as: admin, headers })).body;
    return entry as { fullUrl: string; resource: Record<string, never> }[];
  };
  const codeOf = ({ resource }: { resource: { code?: { coding: { code: string }[] } } }) =>
    resource.code?.coding[0]?.code;
  const BMI = '39156-5';

  test.each([
    ['the same day', '2025-03-01T08:00:00.000Z', '2025-03-01T08:00:00.000Z', true],
    ['a year apart, to the second', '2024-03-01T08:00:00.000Z', '2025-03-01T08:00:00.000Z', true],
    ['over a leap day', '2024-02-29T08:00:00.000Z', '2025-03-01T08:00:00.000Z', true],
    ['a year and a second apart', '2024-03-01T08:00:00.000Z', '2025-03-01T08:00:01.000Z', false],
    ['years apart', '2019-03-01T08:00:00.000Z', '2025-03-01T08:00:00.000Z', false],
  ])('of a weight and a height measured %s', async (_, one, other, together) => {
    for (const [i, [weighed, measured]] of [
      [one, other],
      [other, one],
    ].entries()) {
      const id = Number(String(Date.parse(one) + Date.parse(other)).slice(2, 10)) * 2 + i;
      await measure(id, { weight: 70.2, measured_at: weighed });
      const { body } = await measure(id, { height: 178, measured_at: measured });
      for (const answer of [body, await read(id)]) {
        expect(answer.bmi).toBe(together ? 22.2 : undefined);
        expect(answer.bmi_measured_at).toEqual(together ? { weight: weighed, height: measured } : undefined);
      }
      const entries = await inFhir(id);
      expect(entries.some((entry) => codeOf(entry) === BMI)).toBe(together);
    }
  });

  test('FHIR has the same figure, and points to what it was computed from', async () => {
    await measure(7, { weight: 61.25, measured_at: '2025-03-02T08:00:00.000Z' });
    await measure(7, { height: 175, measured_at: '2025-03-01T08:00:00.000Z' });
    const entries = await inFhir(7);
    const index = entries.find((entry) => codeOf(entry) === BMI)?.resource;
    expect(index).toMatchObject({ valueQuantity: { value: 20 }, effectiveDateTime: '2025-03-02T08:00:00.000Z' });
    const sources = entries.filter((entry) => codeOf(entry) !== BMI).map(({ fullUrl }) => ({ reference: fullUrl }));
    expect(index?.derivedFrom).toEqual(sources);
  });
});

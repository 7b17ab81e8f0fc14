import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { admin, call } from '../../tests/support/call.ts';
import { type PeerStub, startPeer } from '../../tests/support/peer.ts';
import { knowPerson } from '../../tests/support/persons.ts';
import { createContext } from '../../tests/support/tables.ts';
import { handler } from './health.ts';

let persons: PeerStub;

beforeAll(async () => {
  await createContext('health');
  persons = await startPeer();
});
afterAll(() => persons.stop());

const send = (verb: 'POST' | 'PUT', id: number, body: object) =>
  call(handler, `${verb} /health/${id}`, { as: admin, body });

const PRESSURE = { systolic: 120, diastolic: 80 };
const OURS = { weight: 70.5, height: 175, heart_rate: 62, blood_pressure: PRESSURE };

test.each(['120/80', '120 / 80', PRESSURE])(
  'the words of the source document are understood, the pressure as %j, and answered in the contract’s',
  async (tension_arterielle) => {
    const words = { poids: 70.5, taille: 175, frequence_cardiaque: 62, tension_arterielle };
    for (const [verb, status] of [
      ['POST', 201],
      ['PUT', 200],
    ] as const) {
      const id = knowPerson(persons);
      const answer = await send(verb, id, words);
      expect(answer).toMatchObject({ status, body: { ...OURS, bmi: 23 } });
      for (const word of Object.keys(words)) expect(answer.body).not.toHaveProperty(word);
      const { body } = await call(handler, `GET /health/${id}/history`, { as: admin });
      expect(body).toEqual([expect.objectContaining(OURS)]);
    }
  },
);

test('one sign may come by either word beside others', async () => {
  const id = knowPerson(persons);
  const { body } = await send('POST', id, { poids: 70.5, height: 175 });
  expect(body).toMatchObject({ weight: 70.5, height: 175, bmi: 23 });
});

test.each([
  [{ poids: 70, weight: 70 }, '#/poids', 'said_twice'],
  [{ taille: 170, height: 171 }, '#/taille', 'said_twice'],
  [{ frequence_cardiaque: 60, heart_rate: 60 }, '#/frequence_cardiaque', 'said_twice'],
  [{ tension_arterielle: '120/80', blood_pressure: PRESSURE }, '#/tension_arterielle', 'said_twice'],
  [{ poids: 0 }, '#/poids', 'too_small'],
  [{ taille: 1.75 }, '#/taille', 'too_small'],
  [{ poids: '70' }, '#/poids', 'invalid_type'],
  [{ tension_arterielle: '80/120' }, '#/tension_arterielle', 'swapped_blood_pressure'],
  [{ tension_arterielle: { systolic: 80, diastolic: 120 } }, '#/tension_arterielle', 'swapped_blood_pressure'],
  [{ tension_arterielle: '400/80' }, '#/tension_arterielle', 'invalid_format'],
  [{ tension_arterielle: '12/8' }, '#/tension_arterielle', 'invalid_format'],
  [{ tension_arterielle: ' 120/80' }, '#/tension_arterielle', 'invalid_format'],
  [{ tension_arterielle: 'haute' }, '#/tension_arterielle', 'invalid_format'],
  [{ tension_arterielle: 120 }, '#/tension_arterielle', 'invalid_union'],
  [{ blood_pressure: '120/80' }, '#/blood_pressure', 'invalid_type'],
  [{ temperature: 37 }, '#/temperature', 'unknown_field'],
  [{ measured_at: '2026-01-01T00:00:00Z' }, '#/', 'empty_measurement'],
])('%j is refused', async (body, pointer, code) => {
  const answer = await send('POST', knowPerson(persons), body);
  expect(answer.status).toBe(400);
  expect(answer.body.errors).toContainEqual(
    expect.objectContaining({ pointer: pointer === '#/' ? '#' : pointer, code }),
  );
});

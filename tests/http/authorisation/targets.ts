import { randomUUID } from 'node:crypto';
import { call } from '../../support/http.ts';
import { until } from '../../support/supervisor.ts';
import { adminToken, must, once } from './actors.ts';
import type { Actor, Target } from './row.ts';

/** An id that no generated one reaches. */
const missing = (): string => '900719925474';

async function asAdmin(method: string, path: string, body?: unknown): Promise<{ id: number }> {
  return must(call(method, path, { token: await adminToken(), ...(body !== undefined && { body }) }));
}

async function newPerson({ username }: Actor): Promise<string> {
  const { id } = await asAdmin('POST', '/persons', { name: 'Awa Diop', username });
  return String(id);
}

async function newStudent({ username }: Actor): Promise<string> {
  const email = `${randomUUID()}@campus.example`;
  const { id } = await asAdmin('POST', '/register', { name: 'Awa Diop', email, username });
  return String(id);
}

async function newMarks(owner: Actor): Promise<string> {
  const id = await newStudent(owner);
  await asAdmin('POST', `/notify_grades/${id}`);
  const token = await adminToken();
  await until(async () => (await call('GET', `/get_grades/${id}`, { token })).status === 200);
  return id;
}

async function newMeasurement(owner: Actor): Promise<string> {
  const id = await newPerson(owner);
  await asAdmin('POST', `/health/${id}`, { weight: 70 });
  return id;
}

/** The person whose record carries the owner's username. */
export const person: Target = { of: newPerson, missing };

/** The student whose record carries it: there can be one only. */
export const student: Target = { of: once(newStudent), missing };

/** The same for good: a student who is spent with their owner. */
export const spentStudent: Target = { of: newStudent, missing };

/** The marks of a student that the grades service was told of. */
export const marks: Target = { of: once(newMarks), missing };

/** The health data of a person, with a measurement. */
export const health: Target = { of: newMeasurement, missing };

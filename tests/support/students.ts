import { randomUUID } from 'node:crypto';
import { handler } from '../../functions/registration/students.ts';
import { admin, call, type Received } from './call.ts';

/** An email that no other test has. */
export const someEmail = (): string => `${randomUUID()}@campus.example`;

let phones = Math.floor(Math.random() * 9_000_000);

/** A Senegalese phone number, in E.164, that no other student of the file has. */
export function somePhone(): string {
  phones += 1;
  return `+22177${String(phones).padStart(7, '0')}`;
}

/** Registers somebody as admin. */
export const register = (particulars: Record<string, unknown> = {}): Promise<Received> =>
  call(handler, 'POST /register', { as: admin, body: { name: 'Fatou Diop', email: someEmail(), ...particulars } });

/** The id of somebody who was registered. @throws when they could not be */
export async function registered(particulars: Record<string, unknown> = {}): Promise<number> {
  const { status, body } = await register(particulars);
  if (status !== 201) throw new Error(`not registered: ${JSON.stringify(body)}`);
  return body.id;
}

/** A student as an admin reads them. */
export const read = (id: number): Promise<Received> => call(handler, `GET /students/${id}`, { as: admin });

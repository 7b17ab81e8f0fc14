import { randomUUID } from 'node:crypto';
import type { Role } from '../../../platform/http/access.ts';
import { call, logIn } from '../../support/http.ts';
import type { Actor } from './row.ts';

let admin: Promise<string> | undefined;

/** The access token of the demo's admin. */
export const adminToken = (): Promise<string> => {
  admin ??= logIn('admin', 'admin');
  return admin;
};

/** What a preparation got. @throws when it was refused */
export async function must<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`preparation refused: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** Somebody new of a role, signed in. */
export async function newActor(role: Role): Promise<Actor> {
  const username = `${role}-${randomUUID()}`;
  const password = randomUUID();
  await must(call('POST', '/users', { body: { username, password } }));
  if (role !== 'student') await must(call('PUT', `/users/${username}`, { token: await adminToken(), body: { role } }));
  return { username, password, role, token: await logIn(username, password) };
}

const shared = new Map<string, Promise<Actor>>();

/** Somebody of a role, the same each time. */
export function sharedActor(role: Role, name: string): Promise<Actor> {
  const key = `${role} ${name}`;
  const actor = shared.get(key) ?? newActor(role);
  shared.set(key, actor);
  return actor;
}

/** Remembers what was made for each owner. */
export function once(make: (owner: Actor) => Promise<string>): (owner: Actor) => Promise<string> {
  const made = new Map<string, Promise<string>>();
  return (owner) => {
    const known = made.get(owner.username) ?? make(owner);
    made.set(owner.username, known);
    return known;
  };
}

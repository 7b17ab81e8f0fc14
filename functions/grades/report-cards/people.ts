import * as z from 'zod';
import { log } from '../../../platform/base/log.ts';
import { Peer } from '../../../platform/peer/peer.ts';
import type { Programme } from '../classes/programme.ts';

const accounts = new Peer();

/** Of an account, what it is called. */
const Person = z.object({ first_name: z.string().optional(), last_name: z.string().optional() });

/** What accounts are called, by username; who never said how is not in it. */
export type People = Readonly<Record<string, string>>;

/** The accounts that cards of a class name: its head teacher, and who teaches its subjects. */
const namedIn = (programme: Programme | undefined): string[] => [
  ...new Set([
    ...(programme?.head_teacher === undefined ? [] : [programme.head_teacher]),
    ...(programme?.subjects.flatMap(({ teachers }) => teachers) ?? []),
  ]),
];

async function nameOf(username: string, headers: Readonly<Record<string, string>>): Promise<string | undefined> {
  const person = await accounts.get(`/users/${encodeURIComponent(username)}`, Person, headers);
  return [person?.first_name, person?.last_name].filter(Boolean).join(' ') || undefined;
}

/**
 * What those are called whom the cards of a class name, asked of the accounts service with the caller's own token. Where
 * it does not say, their usernames are printed: that is no reason for a class to have no cards.
 */
export async function peopleOf(
  programme: Programme | undefined,
  headers: Readonly<Record<string, string>>,
): Promise<People> {
  const asked = namedIn(programme).map(async (username) => [username, await nameOf(username, headers)] as const);
  const said = await Promise.all(asked).catch((error: unknown) => {
    log.warn('teachers not named', { error });
    return [];
  });
  return Object.fromEntries(said.flatMap(([username, name]) => (name === undefined ? [] : [[username, name]])));
}

import * as z from 'zod';
import { type Caller, reachable } from '../../platform/http/access.ts';
import { Peer } from '../../platform/peer/peer.ts';
import { problem } from './problems.ts';

const persons = new Peer();

/** The little that this context wants to know of a person. */
const personWith = (id: number) => z.object({ id: z.literal(id), username: z.string().optional() });

interface Asking {
  readonly path: { readonly person_id: number };
  readonly caller: Caller;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Asks the persons service, with the caller's token, whether the person exists and whether this caller may go on:
 * their role, or else being the owner. It stands before every operation on health.
 * @throws person_not_found when the person is missing or somebody else's; peer_unavailable when persons does not say
 */
export async function requirePerson({ path, caller, headers }: Asking): Promise<void> {
  const person = await persons.get(`/persons/${path.person_id}`, personWith(path.person_id), headers);
  reachable(person, caller, problem.person_not_found);
}

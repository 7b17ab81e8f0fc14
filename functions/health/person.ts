import * as z from 'zod';
import { type Caller, reachable } from '../../platform/http/access.ts';
import { Peer } from '../../platform/peer/peer.ts';
import { problem } from './problems.ts';

const persons = new Peer();

/** The little that this context wants to know of a person. */
const personWith = (id: number) => z.object({ id: z.literal(id), username: z.string().optional() });

/**
 * Asks the persons service, with the caller's token, whether the person exists and whether this caller may go on:
 * their role, or else being the owner. It stands before every operation on health.
 * @param headers the caller's, of which the token is passed on
 * @throws person_not_found when the person is missing or somebody else's; peer_unavailable when persons does not say
 */
export async function requirePerson(
  id: number,
  caller: Caller,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  reachable(await persons.get(`/persons/${id}`, personWith(id), headers), caller, problem.person_not_found);
}

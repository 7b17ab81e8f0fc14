import * as z from 'zod';
import { defineProblems } from '../base/problem.ts';
import { currentScope } from '../base/scope.ts';
import { Peer } from './peer.ts';

export const problem = defineProblems({
  unknown_username: {
    status: 409,
    title: { fr: 'Aucun compte de ce nom', en: 'No account of this name' },
    detail: {
      fr: 'Une fiche ne se lie qu’à un compte qui existe, et celui d’un administrateur que par un administrateur. Rien n’a été enregistré.',
      en: 'A record is bound to an account that exists only, and to an admin’s only by an admin. Nothing was stored.',
    },
  },
});

const accounts = new Peer();

const Account = z.object({ username: z.string(), role: z.string() });

/** Whoever binds a record to an account, and the headers that they sent, of which the token is passed on. */
interface Binding {
  readonly caller: { readonly role: string };
  readonly headers: Readonly<Record<string, string>>;
}

async function mayHold(username: string, { caller, headers }: Binding): Promise<boolean> {
  const account = await accounts.get(`/users/${encodeURIComponent(username)}`, Account, headers);
  return account !== undefined && (account.role !== 'admin' || caller.role === 'admin');
}

/**
 * Asks the accounts service, with the caller's token, that a record may be bound to this username. A name that nobody
 * has yet would give the record, and all that hangs on it, to whoever signs up under it first.
 * @param username undefined where the record is bound to nobody, or stays with whom it is: then nothing is asked
 * @throws unknown_username when nobody has it, or an admin has it and the caller is none; peer_unavailable
 */
export async function requireHolder(username: string | undefined, binding: Binding): Promise<void> {
  if (username !== undefined && !(await mayHold(username, binding))) throw problem.unknown_username();
}

/** A username that a record is to be bound to, and where it stands in the body (`#/2`). */
interface Named {
  readonly username: string;
  readonly pointer: string;
}

/**
 * The same of several usernames at once.
 * @throws unknown_username, naming each of them that is refused; peer_unavailable
 */
export async function requireHolders(named: readonly Named[], binding: Binding): Promise<void> {
  const held = await Promise.all(named.map(({ username }) => mayHold(username, binding)));
  const detail = problem.unknown_username.kind.title[currentScope()?.language ?? 'fr'];
  const errors = named.flatMap(({ pointer }, i) => (held[i] ? [] : [{ pointer, detail, code: 'unknown_username' }]));
  if (errors.length > 0) throw problem.unknown_username({ errors });
}

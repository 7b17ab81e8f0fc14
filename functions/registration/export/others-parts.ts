import * as z from 'zod';
import { Peer } from '../../../platform/peer/peer.ts';

/** On whose behalf the others are asked: each shows what it shows this caller anyway, and nothing else. */
type Headers = Readonly<Record<string, string>>;

/**
 * A document is waited for longer than a page, since a function of every context may have to start for it. It asks
 * little at a time: an account may have two hundred persons, and health asks another context for each.
 */
const peers = new Peer({ patience: 15_000, atOnce: 4 });

/** What a context tells of somebody is its own affair; it leaves as it came. */
const Shown = z.looseObject({});
const Records = z.array(Shown);

const Term = z.looseObject({ id: z.string(), parent: z.string().optional() });
const Person = z.looseObject({ id: z.int() });

/** What other contexts know of a student. */
export const OthersParts = z.object({
  /** What `grades` shows of each term that marks stand in. */
  terms: Records,
  report_cards: Records,
  account: Shown.optional(),
  orders: Records,
  /** The persons whose record this account's is, each with what was measured of them and, for admins, who looked. */
  persons: Records,
});
export type OthersParts = z.output<typeof OthersParts>;

const list = async (path: string, headers: Headers) => (await peers.list(path, Shown, headers)) ?? [];

/** The report of each term that marks may stand in. */
async function reports(studentId: number, headers: Headers) {
  const all = (await peers.list('/terms?limit=200', Term, headers)) ?? [];
  const leaves = all.filter(({ id }) => !all.some(({ parent }) => parent === id));
  const found = leaves.map(({ id }) =>
    peers.get(`/grades/${studentId}?term=${encodeURIComponent(id)}`, Shown, headers),
  );
  return (await Promise.all(found)).filter((report) => report !== undefined);
}

async function withHealth(person: z.output<typeof Person>, isAdmin: boolean, headers: Headers) {
  const path = `/health/${person.id}`;
  const [current, measurements, accesses] = await Promise.all([
    peers.get(path, Shown, headers),
    list(`${path}/history?limit=200`, headers),
    isAdmin ? list(`${path}/access-log?limit=200`, headers) : undefined,
  ]);
  return { ...person, health: { ...(current && { current }), measurements, ...(accesses && { accesses }) } };
}

async function ofAccount(username: string, isAdmin: boolean, headers: Headers) {
  const name = encodeURIComponent(username);
  const [account, orders, persons] = await Promise.all([
    peers.get(`/users/${name}`, Shown, headers),
    list(`/orders?username=${name}&limit=200`, headers),
    peers.list(`/persons/owned?username=${name}&limit=200`, Person, headers),
  ]);
  const measured = (persons ?? []).map((person) => withHealth(person, isAdmin, headers));
  return { ...(account && { account }), orders, persons: await Promise.all(measured) };
}

/**
 * What the other contexts know of a student and of the account that is theirs, each asked over HTTP with the caller's
 * token. @throws peer_unavailable
 */
export async function othersParts(
  { id, username }: { readonly id: number; readonly username?: string | undefined },
  isAdmin: boolean,
  headers: Headers,
): Promise<OthersParts> {
  const [terms, report_cards, theirs] = await Promise.all([
    reports(id, headers),
    list(`/grades/${id}/report-cards?limit=200`, headers),
    username === undefined ? { orders: [], persons: [] } : ofAccount(username, isAdmin, headers),
  ]);
  return { terms, report_cards, ...theirs };
}

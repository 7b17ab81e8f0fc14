import { timestamp } from '../../platform/clock.ts';
import { mustMatch, optimistically, unchanged } from '../../platform/data/optimistic.ts';
import type { Page } from '../../platform/data/table.ts';
import { type Condition, present, put, remove, versionIs, type Write } from '../../platform/data/write.ts';
import type { Paging } from '../../platform/http/operation.ts';
import { problem as common } from '../../platform/http/problems.ts';
import { outbox, personDeleted } from './outbox.ts';
import type { Person, PersonFields } from './person.ts';
import { BY_NAME, personItem, personKey, prefixKey } from './person-item.ts';
import { problem } from './problems.ts';
import { table } from './table.ts';

/** A person by id. One read. */
export const findPerson = (id: number): Promise<Person | undefined> => table.get(personKey(id));

/** A person as they will stand once {@link insertPerson} wrote them. One round trip, for an id that nobody ever had. */
export async function draftPerson(fields: PersonFields): Promise<Person> {
  const now = timestamp();
  return { id: await table.next('person'), ...fields, created_at: now, updated_at: now, version: 1 };
}

/** Stores a new person, along with what must be written in the same breath. One round trip: the id is theirs alone. */
export const insertPerson = (person: Person, along: readonly Write[] = []): Promise<void> =>
  table.write([put(personItem(person)), ...along]);

/** Persons in the order of their names, those whose name begins like `q`. The index may lag by moments. */
export function listPersons(q: string, { limit, after }: Paging): Promise<Page<Person>> {
  const prefix = prefixKey(q);
  return table.query({
    index: BY_NAME.index,
    partition: BY_NAME.partition,
    ...(prefix && { sort: [BY_NAME.sort, 'begins_with', prefix] as const }),
    limit,
    after,
  });
}

/** Replaces what is known of a person. @throws person_not_found, stale_version */
export const replacePerson = (id: number, fields: PersonFields, ifMatch: number | undefined): Promise<Person> =>
  optimistically(ifMatch, async () => {
    const current = await findPerson(id);
    if (!current) throw problem.person_not_found();
    mustMatch(ifMatch, current.version);
    const { created_at, version } = current;
    const next = { id, ...fields, created_at, updated_at: timestamp(), version: version + 1 };
    await table.write([put(personItem(next), unchanged(version, problem.person_not_found))]);
    return next;
  });

const deletable = (ifMatch: number | undefined): Condition =>
  ifMatch === undefined
    ? present(() => problem.person_not_found())
    : versionIs(ifMatch, (current) => (current ? common.stale_version() : problem.person_not_found()));

/** Deletes a person and tells the contexts that keep data of theirs. @throws person_not_found, stale_version */
export async function deletePerson(id: number, ifMatch: number | undefined): Promise<void> {
  const event = personDeleted(id);
  await table.write([remove(personKey(id), deletable(ifMatch)), outbox.record(event)]);
  await outbox.send([event]);
}

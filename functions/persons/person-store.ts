import { timestamp } from '../../platform/base/clock.ts';
import { cutToKeyPart, type KeyPart } from '../../platform/base/key-part.ts';
import { changesTo } from '../../platform/data/changes.ts';
import { key } from '../../platform/data/key.ts';
import { sharded } from '../../platform/data/sharded.ts';
import type { Key, Page, Paging } from '../../platform/data/table.ts';
import {
  type Condition,
  type Item,
  lostUpdate,
  put,
  remove,
  unchanged,
  update,
  versionIs,
  type Write,
} from '../../platform/data/write.ts';
import { fold } from '../../platform/schema/fold.ts';
import type { Person, PersonFields } from './person.ts';
import { problem } from './problems.ts';
import { table } from './table.ts';

/** The index of all persons by name. */
const BY_NAME = { name: 'by-name', sort: 'list_order' } as const;

/** What all of them are listed in. */
const PERSONS = sharded(key`PERSONS`);
const LIST = { index: BY_NAME, partition: ['list', PERSONS] } as const;

/** A name, or the beginning of one, as the index compares them: without accents and case, cut to fit. */
const prefixKey = (name: string): KeyPart => cutToKeyPart(fold(name));

const personKey = (id: number): Key => ({ pk: key`PERSON#${id}`, sk: key`PERSON` });

/**
 * The item of a person. The id ends the order, so that it is never empty and namesakes keep theirs; the tab before it
 * sorts below any character of a name, so that `Awa` comes before `Awa Ba`.
 */
const personItem = (person: Person): Item => ({ ...personKey(person.id), ...person, ...placeOf(person) });

const placeOf = ({ id, name }: Pick<Person, 'id' | 'name'>) => ({
  list: PERSONS.of(id),
  [BY_NAME.sort]: key`${prefixKey(name)}\t${id}`,
});

/** A person by id. One read. */
export const find = (id: number): Promise<Person | undefined> => table.get(personKey(id));

/** Persons in the order of their names, those whose name begins like `q`. The index may lag by moments. */
export function list(q: string, { limit, after }: Paging): Promise<Page<Person>> {
  const prefix = prefixKey(q);
  return table.page({
    ...LIST,
    ...(prefix && { sort: [BY_NAME.sort, 'begins_with', key`${prefix}`] as const }),
    limit,
    after,
  });
}

/** How many are read at once for a page of {@link listOf}, which passes nearly all of them over. */
const CHUNK = 500;

/**
 * Persons whose record is an account's, in the order of their names; a page may be short. Seldom asked: no index knows
 * accounts, so all persons are sifted. The index may lag by moments.
 */
export const listOf = (username: string, { limit, after }: Paging): Promise<Page<Person>> =>
  table.sift<Person, Person>(
    { ...LIST, limit, after },
    (persons) => persons.map((person) => (person.username === username ? person : undefined)),
    CHUNK,
  );

/** A person as they will stand once inserted. One round trip, for an id that nobody ever had. */
export async function draft(fields: PersonFields): Promise<Person> {
  const now = timestamp();
  return { id: await table.next('person'), ...fields, created_at: now, updated_at: now, version: 1 };
}

/** Stores a new person: their id is theirs alone, so that nothing can stand in the way. */
export const insert = (person: Person): Write[] => [put(personItem(person))];

/** Puts a person in place of the one that was read. @throws person_not_found, LostUpdate */
export const replace = (before: Person, after: Person): Write[] => [
  put(personItem(after), unchanged(before.version, problem.person_not_found)),
];

/** Erases a person, unread, where the condition holds of them. */
export const erase = (id: number, condition: Condition): Write[] => [remove(personKey(id), condition)];

/** What puts an item, as it was read, where its name belongs since names are folded otherwise. @throws LostUpdate */
export function migrated(item: Item): Write[] {
  if (item.sk !== 'PERSON') return [];
  const person = item as Item & Person;
  const place = changesTo(item, placeOf(person));
  return place ? [update(personKey(person.id), { set: place }, versionIs(person.version, lostUpdate))] : [];
}

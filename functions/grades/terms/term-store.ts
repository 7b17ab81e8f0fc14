import { dayIn } from '../../../platform/base/day.ts';
import { newId } from '../../../platform/base/ids.ts';
import type { KeyPart } from '../../../platform/base/key-part.ts';
import { key } from '../../../platform/data/key.ts';
import type { Key, Paging } from '../../../platform/data/table.ts';
import {
  absent,
  alreadyDone,
  type Condition,
  lostUpdate,
  put,
  update,
  type Write,
} from '../../../platform/data/write.ts';
import { problem } from '../problems.ts';
import { UNTOLD } from '../school.ts';
import { table } from '../table.ts';
import { Calendar, DEFAULT_TERM, type NewTerm, type Term, type Turn } from './term.ts';

const TERMS = key`TERMS`;

const keyOf = (id: KeyPart): Key => ({ pk: TERMS, sk: key`TERM#${id}` });

const booksOf = (id: KeyPart) => key`TERM#${id}`;

/** Where the time zone of the school stands: among the terms, so that it costs no read of its own. */
export const zoneKey: Key = { pk: TERMS, sk: key`ZONE` };

/** The time zone that the school was in when its terms were last read. */
let zone = UNTOLD.time_zone;

/** The day that it is in the school, an ISO date: by the time zone that was read with the terms last. */
export const today = (): string => dayIn(zone);

/** All terms of the school. One query, after which {@link today} is what it is there. */
export async function calendar(): Promise<Calendar> {
  const items = await table.queryAll<Term & Key & { time_zone?: string }>({ partition: ['pk', TERMS] });
  const isZone = ({ sk }: Key): boolean => sk === zoneKey.sk;
  zone = items.find(isZone)?.time_zone ?? UNTOLD.time_zone;
  return new Calendar(items.filter((item) => !isZone(item)));
}

/** One page of them, by id. */
export async function page({ limit, after }: Paging) {
  const all = await calendar();
  const rest = all.terms.filter(({ id }) => after === undefined || keyOf(id).sk > after.sk);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { calendar: all, items, next: last && rest.length > limit ? keyOf(last.id) : undefined };
}

/** A term as it will stand once inserted. */
export const draft = ({ weight, ...term }: NewTerm): Term => ({
  ...term,
  id: newId(),
  weight,
  state: 'open',
  history: [],
  books: 0,
  children: 0,
});

/** What holds marks gets no terms below it, and what is closed none that would open it. */
const mayHaveChildren: Condition = {
  when: 'attribute_exists(pk) AND books = :none AND #state = :open',
  names: { '#state': 'state' },
  values: { ':none': 0, ':open': 'open' },
  otherwise: (term) => (term?.state === 'open' ? problem.term_has_marks() : problem.term_closed()),
};

/** Stores a new term. @throws term_has_marks, term_closed where its parent is such */
export const insert = (term: Term): Write[] => [
  put({ ...keyOf(term.id), ...term }, absent(lostUpdate)),
  ...(term.parent ? [update(keyOf(term.parent), { add: { children: 1 } }, mayHaveChildren)] : []),
];

/** Stores a term that counts those below it already. */
export const insertWhole = (term: Term): Write[] => [put({ ...keyOf(term.id), ...term }, absent(alreadyDone))];

const takesMarks = ({ id }: Term): Condition => ({
  when: `(#state = :open AND children = :none)${id === DEFAULT_TERM.id ? ' OR attribute_not_exists(pk)' : ''}`,
  names: { '#state': 'state' },
  values: { ':open': 'open', ':none': 0 },
  otherwise: (term) => (term?.state === 'open' ? lostUpdate() : problem.term_closed()),
});

const described = ({ id, name, weight, history }: Term) => ({ id, name, weight, history, state: 'open' as const });

/**
 * Counts in that a class begins to have marks in a term, and lists the class for the closing of the term.
 * @param ref the class
 * @throws term_closed
 */
export const listBook = (term: Term, ref: KeyPart): Write[] => [
  // The year of a school that has set up none is stored with its first book.
  update(
    keyOf(term.id),
    { set: term.id === DEFAULT_TERM.id ? described(term) : {}, add: { books: 1, children: 0 } },
    takesMarks(term),
  ),
  put({ pk: booksOf(term.id), sk: key`BOOK#${ref}`, ref }),
];

/** The classes that have marks in a term. One query for each thousand. */
export async function listClasses(id: KeyPart): Promise<KeyPart[]> {
  const books = await table.queryAll<{ ref: KeyPart }>({ partition: ['pk', booksOf(id)] });
  return books.map(({ ref }) => ref);
}

/**
 * Turns a leaf to another state, from the state in which it was read.
 * @param turn what is added to its history, where it is the beginning of something
 * @throws LostUpdate
 */
export const turn = (term: Term, state: Term['state'], added?: Turn): Write => {
  const unstored = term.id === DEFAULT_TERM.id ? ' OR attribute_not_exists(pk)' : '';
  const history = added ? [...term.history, added] : term.history;
  return update(
    keyOf(term.id),
    { set: { ...described(term), state, history }, add: { books: 0, children: 0 } },
    {
      // By how much was told of it already: two turns at once are both kept.
      when: `(#state = :read AND size(#history) = :turns)${unstored}`,
      names: { '#state': 'state', '#history': 'history' },
      values: { ':read': term.state, ':turns': term.history.length },
      otherwise: lostUpdate,
    },
  );
};

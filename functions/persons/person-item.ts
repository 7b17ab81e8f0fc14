import type { Key } from '../../platform/data/table.ts';
import type { Item } from '../../platform/data/write.ts';
import { fold } from '../../platform/text.ts';
import type { Person } from './person.ts';

/** The index of all persons by name: one partition, so that a prefix is one query and a cursor one position. */
export const BY_NAME = { index: 'by-name', partition: ['list', 'PERSONS'], sort: 'list_order' } as const;

// A key may have 1,024 bytes, and a folded character up to 3 for each of its UTF-16 units.
const LONGEST_PREFIX = 200;

/** A name, or the beginning of one, as the index compares them: without accents and case. */
export const prefixKey = (name: string): string => fold(name).slice(0, LONGEST_PREFIX);

export const personKey = (id: number): Key => ({ pk: `PERSON#${id}`, sk: 'PERSON' });

/**
 * The item of a person. The id ends the order, so that it is never empty and namesakes keep theirs; the tab before it
 * sorts below any character of a name, so that `Awa` comes before `Awa Ba`.
 */
export const personItem = (person: Person): Item => ({
  ...personKey(person.id),
  ...person,
  [BY_NAME.partition[0]]: BY_NAME.partition[1],
  [BY_NAME.sort]: `${prefixKey(person.name)}\t${person.id}`,
});

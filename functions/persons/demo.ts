import { absent, put } from '../../platform/data/write.ts';
import type { Person, PersonFields } from './person.ts';
import { personItem } from './person-item.ts';
import { draftPerson } from './person-store.ts';
import { table } from './table.ts';

const DEMO_PERSONS: readonly PersonFields[] = [
  { name: 'Victor Diop', birth_date: '2004-03-12', email: 'victor@example.org', username: 'victor' },
  { name: 'Kilian Faye', birth_date: '2003-11-02', username: 'kilian' },
  { name: 'Élodie Ndiaye', birth_date: '1998-07-21', email: 'elodie@example.org' },
];

const MARKER = { pk: 'DEMO', sk: 'DEMO' };

/**
 * Creates the demo persons of a local start, once: what was changed or deleted since stays so.
 * @returns the ids they have, or had
 */
export async function loadDemo(): Promise<number[]> {
  const earlier = await table.get<{ ids: number[] }>(MARKER);
  if (earlier) return earlier.ids;
  const persons: Person[] = [];
  for (const fields of DEMO_PERSONS) persons.push(await draftPerson(fields));
  const ids = persons.map(({ id }) => id);
  await table.write([
    ...persons.map((person) => put(personItem(person))),
    put(
      { ...MARKER, ids },
      absent(() => new Error('Two local starts load the demo at once')),
    ),
  ]);
  return ids;
}

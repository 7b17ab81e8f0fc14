import { absent, put } from '../../platform/data/write.ts';
import type { Person, PersonFields } from './person.ts';
import { personItem } from './person-item.ts';
import { draftPerson } from './person-store.ts';
import { table } from './table.ts';

const DEMO_PERSONS: readonly PersonFields[] = [
  { name: 'Victor Lefèvre', birth_date: '2004-03-12', email: 'victor@example.org', username: 'victor' },
  { name: 'Kilian Sarr', birth_date: '2003-11-02', username: 'kilian' },
  { name: 'Élodie Girard', birth_date: '1998-07-21', email: 'elodie@example.org' },
];

const MARKER = { pk: 'DEMO', sk: 'DEMO' };

/** Creates the demo persons of a local start, once: what was changed or deleted since stays so. */
export async function loadDemo(): Promise<void> {
  if (await table.get(MARKER)) return;
  const persons: Person[] = [];
  // One after the other, so that every first start gives them the ids 1, 2 and 3.
  for (const fields of DEMO_PERSONS) persons.push(await draftPerson(fields));
  await table.write([
    ...persons.map((person) => put(personItem(person))),
    put(
      MARKER,
      absent(() => new Error('Two local starts load the demo at once')),
    ),
  ]);
}

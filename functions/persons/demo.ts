import { key } from '../../platform/data/key.ts';
import { absent, alreadyDone, put } from '../../platform/data/write.ts';
import { commit } from '../../platform/events/commit.ts';
import { Email } from '../../platform/schema/email.ts';
import { Username } from '../../platform/schema/username.ts';
import type { Person, PersonFields } from './person.ts';
import * as persons from './person-store.ts';
import { table } from './table.ts';

const DEMO_PERSONS: readonly PersonFields[] = [
  {
    name: 'Victor Lefèvre',
    birth_date: '2004-03-12',
    email: Email.parse('victor@example.org'),
    username: Username.parse('victor'),
  },
  { name: 'Kilian Sarr', birth_date: '2003-11-02', username: Username.parse('kilian') },
  { name: 'Élodie Girard', birth_date: '1998-07-21', email: Email.parse('elodie@example.org') },
];

const LOADED = { pk: key`DEMO`, sk: key`DEMO` };

/** Creates the demo persons of a local start, once: what was changed or deleted since stays so. */
export async function loadDemo(): Promise<void> {
  if (await table.get(LOADED)) return;
  const drafts: Person[] = [];
  // One after the other, so that every first start gives them the ids 1, 2 and 3.
  for (const fields of DEMO_PERSONS) drafts.push(await persons.draft(fields));
  await commit(table, () => ({ writes: [...drafts.flatMap(persons.insert), put(LOADED, absent(alreadyDone))] }));
}

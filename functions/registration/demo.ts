import { Problem } from '../../platform/http/problem.ts';
import { namesOf } from './names.ts';
import { notified, outbox } from './student-events.ts';
import { draftStudent, insertStudent } from './student-store.ts';
import { table } from './table.ts';
import { claimKey } from './uniqueness.ts';

/** Two classes by the names of their students; the first of them all is the demo account `victor`. */
const CLASSES: Readonly<Record<string, readonly (readonly [first: string, last: string])[]>> = {
  'Terminale S1': [
    ['Victor', 'Lefèvre'],
    ['Fatou', 'Diop'],
    ['Mamadou', 'Ndiaye'],
    ['Aïssatou', 'Ba'],
    ['Ousmane', 'Faye'],
    ['Camille', 'Moreau'],
    ['Khady', 'Sarr'],
    ['Élodie', 'Girard'],
  ],
  'Terminale L2': [
    ['Awa', 'Gueye'],
    ['Ibrahima', 'Sow'],
    ['Chloé', 'Bernard'],
    ['Moussa', 'Diallo'],
    ['Mariama', 'Cissé'],
    ['Hugo', 'Lemaître'],
    ['Ndèye', 'Fall'],
    ['Cheikh', 'Mbaye'],
  ],
};

const DEMO_STUDENTS = Object.entries(CLASSES)
  .flatMap(([class_name, people]) => people.map(([first_name, last_name]) => ({ class_name, first_name, last_name })))
  .map((person, i) => ({
    ...person,
    email: `etudiant${i + 1}@campus.example`,
    phone: `+2217710100${String(i + 1).padStart(2, '0')}`,
    username: i === 0 ? 'victor' : undefined,
  }));

async function ensureStudent(person: (typeof DEMO_STUDENTS)[number]): Promise<void> {
  if (await table.get(claimKey('email', person.email))) return;
  const student = { ...(await draftStudent({ ...person, name: '', ...namesOf(person) })), notified: true };
  const event = notified(student);
  const inserted = insertStudent(student, [outbox.record(event)]);
  await inserted.then(
    () => outbox.send([event]),
    (error: unknown) => {
      if (!(error instanceof Problem)) throw error;
    },
  );
}

/** The demo students of a local start, registered and known to the grades service; those that exist stay as they are. */
export async function loadDemo(): Promise<void> {
  // One after the other, so that every start gives the same students the same ids.
  for (const person of DEMO_STUDENTS) await ensureStudent(person);
}

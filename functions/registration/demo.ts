import { keyPart } from '../../platform/base/key-part.ts';
import { Problem } from '../../platform/base/problem.ts';
import { commit } from '../../platform/events/commit.ts';
import { schoolChanged, studentNotified } from './events.ts';
import { loadDemoFees } from './fees/demo-fees.ts';
import * as guardians from './guardians/guardian-store.ts';
import { SchoolFields } from './school/school.ts';
import * as schools from './school/school-store.ts';
import { namesOf } from './students/names.ts';
import type { Student } from './students/student.ts';
import * as students from './students/student-store.ts';
import { claimKey } from './students/uniqueness.ts';
import { table } from './table.ts';
import { type Enrolment, openLine } from './year/enrolment.ts';

/** Two classes by the names of their students; the first of them all is the demo account `victor`, the last one left. */
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
    ['Aliou', 'Kane'],
  ],
};

/** The demo account `parent`, and whom of them it is named for: the first of each class. */
const PARENT = { username: keyPart('parent'), relation: 'mère', legal: true } as const;
const CHILDREN: ReadonlySet<number> = new Set([0, 8]);

const LAST_YEAR = '2025-2026';
const THIS_YEAR = '2026-2027';
const BEGINS = '2026-10-01';

type Stays = readonly Enrolment[];

const lastYear = (class_name: string, outcome: Enrolment['outcome']): Stays => [
  { year: LAST_YEAR, class_name, from: '2025-10-01', to: '2026-09-30', repeats: false, outcome },
];

const thisYear = (class_name: string, more: Partial<Enrolment> = {}): Stays => [
  { year: THIS_YEAR, class_name, from: BEGINS, repeats: false, ...more },
];

/** Whose stays are others than this year's class, by their place: who repeats, who changed in November, who left. */
const REPEATS = 11;
const CHANGED_CLASS = 14;
const LEFT = 16;

/** The stays that the grades service's demo has marks of. */
function staysOf(class_name: string, i: number): Stays {
  if (i < 8) return [...lastYear('Première S1', 'promoted'), ...thisYear(class_name)];
  if (i === REPEATS) return [...lastYear(class_name, 'repeats'), ...thisYear(class_name, { repeats: true })];
  if (i === CHANGED_CLASS)
    return [...thisYear('Terminale S1', { to: '2026-11-01' }), ...thisYear(class_name, { from: '2026-11-02' })];
  return thisYear(class_name, i === LEFT ? { to: '2026-11-08' } : {});
}

/** Where they stand with the school. */
function standingOf(class_name: string, i: number): Partial<Student> {
  const enrolments = [...staysOf(class_name, i)];
  if (i !== LEFT) return { status: 'enrolled', enrolments, class_name: openLine(enrolments)?.class_name };
  return { status: 'left', enrolments, left_on: '2026-11-09', left_reason: 'Déménagement à Thiès' };
}

/** Who they are beside their names; the mother of Victor and Awa may be called, and pays. */
const identityOf = (i: number): Partial<Student> => ({
  matricule: `2026-${String(i + 1).padStart(4, '0')}`,
  birth_date: `2009-${String((i % 12) + 1).padStart(2, '0')}-15`,
  birth_place: i % 2 === 0 ? 'Dakar' : 'Saint-Louis',
  ...(CHILDREN.has(i) && {
    guardians: [PARENT.username],
    contacts: [{ name: 'Marie Lefèvre', relation: 'mère', phone: '+221771020304', username: 'parent', pays: true }],
  }),
});

const DEMO_STUDENTS = Object.entries(CLASSES)
  .flatMap(([class_name, people]) => people.map(([first_name, last_name]) => ({ class_name, first_name, last_name })))
  .map(({ class_name, ...person }, i) => ({
    ...person,
    ...identityOf(i),
    ...standingOf(class_name, i),
    email: `etudiant${i + 1}@campus.example`,
    phone: `+2217710100${String(i + 1).padStart(2, '0')}`,
    username: i === 0 ? 'victor' : undefined,
  }));

const DEMO_SCHOOL = SchoolFields.parse({
  name: 'Lycée Campus',
  address: '12 avenue Cheikh Anta Diop\nDakar',
  phone: '33 824 12 34',
  code: 'LC-0001',
  motto: 'Savoir, vouloir, partager',
  head_name: 'Aminata Sall',
  country: 'SN',
  time_zone: 'Africa/Dakar',
});

async function ensureSchool(): Promise<void> {
  await commit(table, async () => {
    const before = await schools.find();
    const school = { ...DEMO_SCHOOL, version: 1 };
    return before.version > 0 ? {} : { writes: schools.replace(before, school), events: [schoolChanged(school)] };
  });
}

async function ensureStudent(person: (typeof DEMO_STUDENTS)[number]): Promise<void> {
  if (await table.get(claimKey('email', person.email))) return;
  const student = { ...(await students.draft({ ...person, name: '', ...namesOf(person) })), notified: true };
  const registered = commit(table, () => ({
    writes: [
      ...students.insert(student),
      ...(student.guardians ? guardians.record(student.id, [PARENT], 'admin') : []),
    ],
    events: [studentNotified(student)],
  }));
  await registered.catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
  });
}

/** The demo school and students of a local start, known to the grades service; what exists stays as it is. */
export async function loadDemo(): Promise<void> {
  await ensureSchool();
  // One after the other, so that every start gives the same students the same ids.
  for (const person of DEMO_STUDENTS) await ensureStudent(person);
  await loadDemoFees();
}

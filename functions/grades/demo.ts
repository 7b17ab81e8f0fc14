import { put } from '../../platform/data/write.ts';
import { lowestIdAt } from '../../platform/ids.ts';
import type { Mark } from './mark.ts';
import { addMark, draftMark, MarkExists } from './mark-store.ts';
import { openSpace } from './student-store.ts';
import { table } from './table.ts';

const SUBJECTS = [
  { subject: 'Mathématiques', coefficient: 4 },
  { subject: 'Français', coefficient: 3 },
  { subject: 'Physique', coefficient: 2.5 },
  { subject: 'Anglais', coefficient: 2 },
] as const;

/**
 * The demo students by the ids that registration's demo gives them, each with a mark for each subject in turn. Two are
 * equal, so that a ranking has a tie, and the last of each class has no marks yet.
 */
const DEMO_STUDENTS: readonly [id: number, name: string, class_name: string, grades: readonly number[]][] = [
  [1, 'Victor Lefèvre', 'Terminale S1', [14, 12.5, 16, 11, 15.5]],
  [2, 'Fatou Diop', 'Terminale S1', [17, 15, 18.25, 14]],
  [3, 'Mamadou Ndiaye', 'Terminale S1', [9.5, 13, 10, 12]],
  [4, 'Aïssatou Ba', 'Terminale S1', [17, 15, 18.25, 14]],
  [5, 'Ousmane Faye', 'Terminale S1', [7, 8.5, 6, 11.5]],
  [6, 'Camille Moreau', 'Terminale S1', [12, 10, 11.75, 13]],
  [7, 'Khady Sarr', 'Terminale S1', [15, 13.5, 14, 16.5]],
  [8, 'Élodie Girard', 'Terminale S1', []],
  [9, 'Awa Gueye', 'Terminale L2', [19, 17.5, 16, 18]],
  [10, 'Ibrahima Sow', 'Terminale L2', [13.5, 9, 12, 10]],
  [11, 'Chloé Bernard', 'Terminale L2', [10, 16.5, 9, 15]],
  [12, 'Moussa Diallo', 'Terminale L2', [5, 7.25, 8, 9]],
  [13, 'Mariama Cissé', 'Terminale L2', [11, 12, 10.5, 14.5]],
  [14, 'Hugo Lemaître', 'Terminale L2', [8, 14, 7.5, 12.25]],
  [15, 'Ndèye Fall', 'Terminale L2', [16, 14.5, 15, 13]],
  [16, 'Cheikh Mbaye', 'Terminale L2', []],
];

const TERM_START = Date.parse('2026-10-05T08:00:00Z');
const WEEK_MS = 7 * 24 * 3600 * 1000;

/** The n-th mark of a student. Its id comes from its date, so entering it again is noticed. */
function demoMark(grade: number, n: number): Mark {
  const at = TERM_START + n * WEEK_MS;
  const subject = SUBJECTS[n % SUBJECTS.length] ?? SUBJECTS[0];
  return { ...draftMark({ grade, ...subject }, 'prof'), id: lowestIdAt(at), at: new Date(at).toISOString() };
}

const enterOnce = (studentId: number, mark: Mark): Promise<void> =>
  addMark(studentId, mark).catch((error: unknown) => {
    if (!(error instanceof MarkExists)) throw error;
  });

const LOADED = { pk: 'DEMO', sk: 'MARKS' };

/**
 * The demo marks of a local start. The spaces are opened here, since the messages about these students are read only
 * once the start is over; what they tell then replaces the names. Loaded once: a mark that was taken away stays away.
 */
export async function loadDemo(): Promise<void> {
  if (await table.get(LOADED)) return;
  for (const [id, name, class_name, grades] of DEMO_STUDENTS) {
    await openSpace({ id, name, class_name });
    for (const [n, grade] of grades.entries()) await enterOnce(id, demoMark(grade, n));
  }
  await table.write([put(LOADED)]);
}

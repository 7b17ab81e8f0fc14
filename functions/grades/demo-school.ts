import { lowestIdAt } from '../../platform/base/ids.ts';
import type { KeyPart } from '../../platform/base/key-part.ts';
import type { Programme } from './classes/programme.ts';
import type { Term } from './terms/term.ts';

/** A demo id of an instant: the same at each start, so that everything is made once. */
const idAt = (instant: string): KeyPart => lowestIdAt(Date.parse(instant));

const TERM = { weight: 1, state: 'open', history: [], books: 0, children: 0 } as const;

/** Last year, whose last term is closed by the end of the demo, and this one, which has begun. */
export const LAST_YEAR: Term = {
  ...{ ...TERM, id: idAt('2025-10-01T00:00:00Z'), name: '2025-2026' },
  ...{ starts_on: '2025-10-01', ends_on: '2026-07-31', children: 1 },
};
export const LAST_TERM: Term = {
  ...{ ...TERM, id: idAt('2026-02-16T00:00:00Z'), name: 'Semestre 2 (2025-2026)', parent: LAST_YEAR.id },
  ...{ starts_on: '2026-02-16', ends_on: '2026-07-31' },
};
export const THIS_YEAR: Term = {
  ...{ ...TERM, id: idAt('2026-10-01T00:00:00Z'), name: '2026-2027' },
  ...{ starts_on: '2026-10-01', ends_on: '2027-07-31', children: 2 },
};
export const FIRST_TERM: Term = {
  ...{ ...TERM, id: idAt('2026-10-01T00:00:01Z'), name: 'Semestre 1', parent: THIS_YEAR.id },
  ...{ starts_on: '2026-10-01', ends_on: '2027-02-15' },
};
const SECOND_TERM: Term = {
  ...{ ...TERM, id: idAt('2027-02-16T00:00:00Z'), name: 'Semestre 2', parent: THIS_YEAR.id },
  ...{ starts_on: '2027-02-16', ends_on: '2027-07-31' },
};

/** Above before below. */
export const TERMS: readonly Term[] = [LAST_YEAR, LAST_TERM, THIS_YEAR, FIRST_TERM, SECOND_TERM];

/** Where the students of `Terminale S1` were last year, when the term was closed. */
export const LAST_CLASS = 'Première S1';

/** Who began the year in `Terminale S1`, with two results, before they changed to `Terminale L2`. */
export const CHANGED_CLASS = 15;

/** Who takes Latin. */
const LATINISTS = [1, 2, 3, 4, 5, 6];

const taught = (name: string, coefficient: number, more: object = {}) => ({
  name,
  coefficient,
  teachers: ['prof'],
  ...more,
});

const COMMON = {
  ...{ head_teacher: 'prof', scale: 20, rank_needs: 50 },
  mentions: [
    { label: 'Très bien', from: 16 },
    { label: 'Bien', from: 14 },
    { label: 'Assez bien', from: 12 },
  ],
  show: { rank: true, general: true, class_mean: true, extremes: true },
} as const;

/** A class of semesters, whose devoirs and composition weigh the same, with an option; and one whose marks are a flat list. */
export const PROGRAMMES: Readonly<Record<string, unknown>> = {
  'Terminale S1': {
    ...COMMON,
    subjects: [
      taught('Mathématiques', 4),
      taught('Français', 3),
      taught('Physique', 2.5),
      taught('Anglais', 2),
      taught('Latin', 1, { counts: 'bonus', students: LATINISTS }),
    ],
    categories: [{ name: 'Devoirs' }, { name: 'Composition' }],
  } as unknown as Programme,
  'Terminale L2': {
    ...COMMON,
    subjects: [taught('Mathématiques', 2), taught('Français', 5), taught('Physique', 1.5), taught('Anglais', 3)],
    categories: [],
  } as unknown as Programme,
};

/** What `Première S1` was taught last year. */
export const LAST_PROGRAMME: unknown = { ...COMMON, subjects: [taught('Mathématiques', 4)], categories: [] };

/** An assessment of the demo with what each student got: a score, or why there is none. */
interface DemoAssessment {
  readonly at: string;
  readonly class_name: string;
  readonly term: Term;
  readonly title: string;
  readonly subject: string;
  readonly category?: string;
  readonly out_of: number;
  readonly coefficient: number;
  readonly counts: 'always' | 'bonus';
  readonly release_at?: string;
  readonly results: Readonly<Record<number, number | 'absent' | 'exempt' | 'missing'>>;
}

const DEVOIR = { class_name: 'Terminale S1', term: FIRST_TERM, out_of: 20, coefficient: 1, counts: 'always' } as const;

/** Above all, what a school meets: an absence, an exemption, what was never handed in, a bonus, a mark not yet released. */
export const ASSESSMENTS: readonly DemoAssessment[] = [
  {
    ...{ ...DEVOIR, at: '2026-03-20T10:00:00Z', class_name: LAST_CLASS, term: LAST_TERM },
    ...{ title: 'Composition', subject: 'Mathématiques' },
    results: { 1: 13, 2: 16.5, 3: 9, 4: 15, 5: 8, 6: 11.5, 7: 14, 8: 10 },
  },
  {
    ...{ ...DEVOIR, at: '2026-10-20T10:00:00Z', title: 'Devoir 1', subject: 'Mathématiques', category: 'Devoirs' },
    results: { 1: 13.5, 2: 18, 3: 'absent', 4: 16, 5: 7.5, 6: 12, 7: 14.25, 8: 10, 15: 15 },
  },
  {
    ...{ ...DEVOIR, at: '2026-10-27T10:00:00Z', title: 'Interrogation', subject: 'Mathématiques', category: 'Devoirs' },
    ...{ out_of: 10, coefficient: 0.5 },
    results: { 1: 7, 2: 9.5, 3: 6, 4: 'exempt', 5: 'missing', 6: 5.5, 7: 8, 8: 6.5, 15: 8 },
  },
  {
    ...{
      ...DEVOIR,
      at: '2026-11-03T10:00:00Z',
      title: 'Composition',
      subject: 'Mathématiques',
      category: 'Composition',
    },
    ...{ out_of: 40, coefficient: 1 },
    results: { 1: 31.5, 2: 37, 3: 22, 4: 30, 5: 14, 6: 25, 7: 33, 8: 'absent' },
  },
  {
    ...{ ...DEVOIR, at: '2026-11-05T10:00:00Z', title: 'Version', subject: 'Latin', category: 'Devoirs' },
    results: { 1: 14, 2: 17, 3: 11, 4: 12, 5: 9, 6: 15 },
  },
  {
    ...{ ...DEVOIR, at: '2026-11-10T10:00:00Z', title: 'Exposé', subject: 'Français', category: 'Devoirs' },
    counts: 'bonus',
    results: { 2: 18, 7: 15 },
  },
  {
    ...{ ...DEVOIR, at: '2026-11-12T10:00:00Z', title: 'Composition de physique', subject: 'Physique' },
    ...{ category: 'Composition', release_at: '2099-01-01T00:00:00.000Z' },
    results: { 1: 4, 2: 19, 3: 12, 4: 11 },
  },
];

/** The id of a demo assessment. */
export const idOf = ({ at }: DemoAssessment): KeyPart => idAt(at);

/**
 * The demo students by the ids that registration's demo gives them, each with a mark for each subject in turn. Two are
 * equal, so that a ranking has a tie, and the last of each class has no marks yet.
 */
export const DEMO_STUDENTS: readonly [id: number, name: string, class_name: string, grades: readonly number[]][] = [
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

import type { Best, ClassReport } from '../../functions/grades/printing/report-page.ts';
import type { Card, CardContent, CardSubject } from '../../functions/grades/report-cards/card.ts';
import type { Entry, Received } from '../../functions/registration/fees/ledger.ts';
import type { Account } from '../../functions/registration/fees/ledger-store.ts';
import type { School } from '../../functions/registration/school/school.ts';
import { keyPart } from '../../platform/base/key-part.ts';

/** The subjects of a class, with their coefficients. */
export const SUBJECTS = [
  ...[
    ['Français', 4],
    ['Mathématiques', 4],
    ['Histoire-géographie', 3],
    ['Anglais LV1', 3],
    ['Espagnol LV2', 2],
  ],
  ...[
    ['Arabe', 2],
    ['Physique-chimie', 3],
    ['Sciences de la vie et de la Terre', 2],
    ['Technologie', 1],
  ],
  ...[
    ['Éducation physique et sportive', 1],
    ['Arts plastiques', 1],
    ['Éducation musicale', 1],
  ],
  ...[
    ['Enseignement moral et civique', 1],
    ['Latin', 1],
  ],
] as [string, number][];

const REMARKS = [
  'Très bon trimestre : le travail est régulier, la participation active et les progrès à l’écrit sont nets.',
  'Ensemble satisfaisant.',
  'Des efforts, mais les leçons sont trop souvent apprises à la dernière minute.',
];

/** A remark of the greatest length. */
export const LONG_REMARK =
  `${'Élève volontaire et curieuse, dont les interventions enrichissent la classe ; il faut à présent soigner la rédaction et relire. '.repeat(8)}`.slice(
    0,
    990,
  );

/** A name of sixty letters. */
export const LONG_NAME = 'Marie-Antoinette Éléonore Oumou-Kalsoum Ndèye Ƴaasin Đặng-Sow';

/** A figure that is another one for each place, between 3 and 19. */
export const figureAt = (i: number): number => Math.round((3 + ((i * 7.37) % 16)) * 100) / 100;

/** The subject of a card. @param i which one, and whose figures */
export const subjectAt = (i: number, more: Partial<CardSubject> = {}): CardSubject => {
  const [name = '', coefficient = 1] = SUBJECTS[i % SUBJECTS.length] ?? [];
  return {
    ...{ name, coefficient, counts: 'always', categories: [], parts: [] },
    figure: figureAt(i),
    teachers: ['m.diop'],
    remark: { text: REMARKS[i % REMARKS.length] ?? '', author: 'm.diop' },
    class: { mean: 11.42, min: 3, max: 18.75 },
    ...more,
  };
};

const SCHOOL = {
  name: 'Lycée Blaise-Diagne',
  address: 'Avenue Cheikh-Anta-Diop\nDakar',
  phone: '+221 33 821 23 45',
  code: 'LBD-0042',
  motto: 'Savoir, mériter, servir',
  head_name: 'Mme Fatou Sarr Ndiaye',
  country: 'SN',
};

/** All that a card may print. */
export const contentWith = (more: Partial<CardContent> = {}): CardContent => ({
  school: SCHOOL,
  student: { id: 7, name: 'Awa Diop', matricule: '2026-0142', birth_date: '2012-05-01', birth_place: 'Saint-Louis' },
  class_name: '4e B',
  term: { id: 'term-1', name: '1er trimestre', starts_on: '2026-10-01', ends_on: '2026-12-19' },
  year: { id: 'year-1', name: '2026-2027' },
  scale: 20,
  pass_mark: 10,
  head_teacher: 'm.diop',
  people: { 'm.diop': 'Mamadou Diop' },
  subjects: SUBJECTS.map((_, i) => subjectAt(i)),
  terms: [],
  general: 13.27,
  class: { mean: 11.3, min: 4.12, max: 17.9 },
  rank: 3,
  ranked: 42,
  size: 45,
  show: { rank: true, general: true, class_mean: true, extremes: true },
  council: {
    remark: 'Un trimestre sérieux. Le conseil encourage Awa à prendre davantage la parole.',
    ...{ absences_excused: 4, absences_unexcused: 1.5, late: 2, conduct: 'Très bonne', mention: 'Encouragements' },
  },
  ...more,
});

/** A published card. */
export const cardWith = (content: Partial<CardContent> = {}, more: Partial<Card> = {}): Card => ({
  ...{ id: keyPart('0193a1c0-0000-7000-8000-000000000001'), student_id: 7, term: keyPart('term-1'), version: 1 },
  published_at: '2026-12-20T09:30:00.000Z',
  published_by: 'admin',
  sha256: '1f2e3d4c5b6a79881f2e3d4c5b6a79881f2e3d4c5b6a79881f2e3d4c5b6a7988',
  content: contentWith(content),
  has_programme: true,
  reads: {},
  ...more,
});

/** Another term of the year, as it stands beside the student's own. */
export const columnAt = (i: number, name: string, without: readonly string[] = []) => ({
  ...{ id: `term-${i}`, name, weight: 1, general: figureAt(i + 40) },
  subjects: SUBJECTS.filter(([subject]) => !without.includes(subject)).map(([subject], at) => ({
    name: subject,
    figure: figureAt(at + i * 3),
  })),
});

const LINES = { currency: 'XOF', recorded_by: 'admin' } as const;

/** A payment that covers an enrolment fee, and a part of the tuition. */
export const PAYMENT: Received = {
  ...{ ...LINES, id: '0193a1c0-0000-7000-8000-000000000003', kind: 'payment', amount: 125_000, settles: 125_000 },
  ...{ at: '2026-10-20T10:00:00.000Z', method: 'transfer', reference: 'BOA-8831', received_on: '2026-10-19' },
  ...{ payer: 'M. Ibrahima Diop', receipt: '2026-000042' },
};

const FEES: readonly Entry[] = [
  { ...LINES, id: '0193a1c0-0000-7000-8000-000000000001', kind: 'fee', amount: 50_000, at: '2026-09-01T00:00:00.000Z' },
  {
    ...{ ...LINES, id: '0193a1c0-0000-7000-8000-000000000002', kind: 'fee', amount: 150_000, label: 'Scolarité' },
    ...{ at: '2026-10-01T00:00:00.000Z', year: '2026-2027' },
    instalments: [
      { amount: 75_000, due_on: '2026-10-15' },
      { amount: 75_000, due_on: '2027-01-15' },
    ],
  },
];

/** The account that the payment stands in. @param more lines that came after it */
export const accountWith = (name: string, ...more: Entry[]): Account => ({
  student: { name, class_name: '4e B' } as Account['student'],
  entries: [...FEES, PAYMENT, ...more],
});

/** That the payment did not come in after all. */
export const REVERSAL: Entry = {
  ...{ ...LINES, id: '0193a1c0-0000-7000-8000-000000000004', kind: 'reversal', payment_id: PAYMENT.id },
  ...{ amount: 125_000, at: '2026-10-25T10:00:00.000Z', reason: 'Chèque sans provision' },
};

/** The school as registration and grades know it. */
export const schoolOf = (more: Partial<School> = {}): School => ({
  ...SCHOOL,
  ...{ time_zone: 'Africa/Dakar', year_starts: '10-01', version: 1 },
  ...more,
});

const NAMES = [
  ...['Awa Diop', 'Moussa Fall', 'Ƴero Ɓaldé', 'Łukasz Żółć', 'Дмитрий Иванов', 'Ελένη Παππά', 'عائشة بنت محمد'],
  ...['李 明', 'Nguyễn Thị Ánh', 'Ọlábísí Adé', 'José 🙂 Núñez', LONG_NAME],
];

const STATISTICS = {
  ...{ size: 45, count: 43, mean: 11.3, median: 11.2, min: 4.12, max: 18, standard_deviation: 3.4, pass_rate: 62.79 },
  histogram: [0, 0, 0, 0, 2, 1, 0, 3, 4, 5, 6, 5, 4, 3, 3, 2, 2, 1, 2, 0],
};

/** The report of a class of 45, with names in all scripts. */
export const reportWith = (more: Partial<ClassReport> = {}): ClassReport => ({
  ...{ school: schoolOf(), class_name: '4e B', term: { name: '1er trimestre' }, year: '2026-2027' },
  ...{ scale: 20, pass_mark: 10, statistics: STATISTICS, on: '2026-12-20' },
  subjects: SUBJECTS.map(([name]) => ({ ...STATISTICS, name })),
  members: Array.from({ length: 45 }, (_, i) => ({
    name: `${NAMES[i % NAMES.length]}${i < NAMES.length ? '' : ` ${i}`}`,
    rank: i < 42 ? i + 1 : null,
    ...(i < 43 && { average: (1800 - i * 32) / 100 }),
  })),
  ...more,
});

/** The ten best of all classes. */
export const bestOfAll = (more: Partial<Best> = {}): Best => ({
  ...{ school: schoolOf(), class_name: undefined, term: { name: '1er trimestre' }, year: '2026-2027' },
  places: NAMES.slice(0, 10).map((name, i) => ({ name, rank: i + 1, class_name: '4e B', average: 18 - i, scale: 20 })),
  on: '2026-12-20',
  ...more,
});

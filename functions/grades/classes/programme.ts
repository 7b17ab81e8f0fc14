import * as z from 'zod';
import { fold } from '../../../platform/schema/fold.ts';
import { rule } from '../../../platform/schema/rule.ts';
import { line } from '../../../platform/schema/text.ts';
import { Username } from '../../../platform/schema/username.ts';
import type { Programme as Arithmetic, Scale } from '../averages/vocabulary.ts';
import { decimals, Factor, hundredths } from '../marks/decimal.ts';
import { TermId } from '../terms/term.ts';

const MOST_SUBJECTS = 60;
const MOST_CATEGORIES = 10;
const MOST_TEACHERS = 10;
const MOST_STUDENTS = 500;

/** How two names of subjects or categories are compared: case, accents and repeated spaces aside. */
export const nameKey = (name: string): string => fold(name);

const Counts = z.enum(['always', 'bonus', 'never']);

const Subject = z.strictObject({
  name: line(100),
  coefficient: Factor.default(1),
  /** Usernames of those who enter and read its marks. */
  teachers: z.array(Username).max(MOST_TEACHERS).default([]),
  /** The subject that this one is a part of. */
  parent: line(100).optional(),
  counts: Counts.optional(),
  /** Who takes an option; everybody, unless said. */
  students: z.array(z.int().min(1)).max(MOST_STUDENTS).optional(),
});
export type Subject = z.output<typeof Subject>;

const Category = z.strictObject({ name: line(100), weight: Factor.default(1) });

const Mention = z.strictObject({ label: line(60), from: decimals(0, 100) });

/** What families see of a class. */
const Show = z.strictObject({
  rank: z.boolean().default(true),
  general: z.boolean().default(true),
  class_mean: z.boolean().default(true),
  extremes: z.boolean().default(true),
});

/** What families see unless it is said. */
export const SHOWN = { rank: true, general: true, class_mean: true, extremes: true };

const repeated = rule('repeated_name', { fr: 'Ce nom est déjà pris', en: 'This name is taken already' });
const unknownParent = rule('unknown_parent', {
  fr: 'Aucune matière ne porte ce nom',
  en: 'No subject bears this name',
});
const circular = rule('circular', {
  fr: 'Une matière serait sa propre partie',
  en: 'A subject would be part of itself',
});
const aboveScale = rule('above_scale', { fr: 'Au-dessus du barème', en: 'Above the scale' });

type Named = readonly { readonly name: string }[];

/** The positions of names that an earlier one bears already. */
const repetitions = (named: Named): number[] => {
  const keys = named.map(({ name }) => nameKey(name));
  return keys.flatMap((key, i) => (keys.indexOf(key) < i ? [i] : []));
};

/** Whether a subject comes to stand below itself: by as many steps up as there are subjects, no end is reached. */
function isCircular(subject: Subject, parents: ReadonlyMap<string, string | undefined>): boolean {
  let above = subject.parent && nameKey(subject.parent);
  for (let steps = 0; above !== undefined && steps < parents.size; steps += 1) above = parents.get(above);
  return above !== undefined;
}

function* faultsIn({ subjects, categories, scale, pass_mark, mentions }: Settings) {
  for (const i of repetitions(subjects)) yield { path: ['subjects', i, 'name'], ...repeated };
  for (const i of repetitions(categories)) yield { path: ['categories', i, 'name'], ...repeated };
  const parents = new Map(subjects.map(({ name, parent }) => [nameKey(name), parent && nameKey(parent)]));
  for (const [i, subject] of subjects.entries()) {
    if (subject.parent === undefined) continue;
    if (!parents.has(nameKey(subject.parent))) yield { path: ['subjects', i, 'parent'], ...unknownParent };
    else if (isCircular(subject, parents)) yield { path: ['subjects', i, 'parent'], ...circular };
  }
  if (pass_mark !== undefined && pass_mark > scale) yield { path: ['pass_mark'], ...aboveScale };
  for (const [i, { from }] of mentions.entries())
    if (from > scale) yield { path: ['mentions', i, 'from'], ...aboveScale };
}

const Settings = z.strictObject({
  subjects: z.array(Subject).max(MOST_SUBJECTS).default([]),
  categories: z.array(Category).max(MOST_CATEGORIES).default([]),
  head_teacher: Username.optional(),
  scale: z.union([z.literal(20), z.literal(10), z.literal(100)]).default(20),
  /** Half the scale, unless said. */
  pass_mark: decimals(0, 100).optional(),
  /** The per cent of their coefficients that a member needs figures in, to be ranked. */
  rank_needs: z.int().min(0).max(100).default(50),
  mentions: z.array(Mention).max(10).default([]),
  show: Show.optional(),
});
type Settings = z.output<typeof Settings>;

/** What a class is taught in a year, by whom, and how it is marked. */
export const Programme = Settings.superRefine((settings, context) => {
  for (const fault of faultsIn(settings)) context.addIssue({ code: 'custom', ...fault });
});
export type Programme = z.output<typeof Programme>;

/** `PUT /classes/{class_name}`: a programme, or the class whose programme is to be taken over. */
export const NewProgramme = z.union([
  z.strictObject({ copy_from: z.strictObject({ year: TermId, class_name: line(100) }) }),
  Programme,
]);

/** The programme of a class that has none: any subject, a flat list, out of 20, open to every teacher. */
export const NO_PROGRAMME: Programme = Programme.parse({});

/** What families see of a class: everything, unless said. No default, since generators of clients break on an object. */
export const shownBy = ({ show }: Programme) => show ?? SHOWN;

/** The programme that a class goes by. */
export const programmeOr = (programme: Programme | undefined): Programme => programme ?? NO_PROGRAMME;

/** A programme as people read it, without what nobody said. */
export const ProgrammeView = Settings.extend({ subjects: z.array(Subject), categories: z.array(Category) });

/** The lowest figure with which one has passed, on the scale. */
export const passMark = ({ pass_mark, scale }: Programme): number => pass_mark ?? scale / 2;

/** A programme in the words and whole hundredths of the arithmetic; its names are {@link nameKey}s. */
export const arithmeticOf = (programme: Programme): Arithmetic => ({
  subjects: programme.subjects.map(({ name, coefficient, parent, counts, students }) => ({
    name: nameKey(name),
    coefficient: hundredths(coefficient),
    ...(parent !== undefined && { parent: nameKey(parent) }),
    ...(counts && { counts }),
    ...(students && { students }),
  })),
  categories: programme.categories.map(({ name, weight }) => ({ name: nameKey(name), weight: hundredths(weight) })),
  scale: programme.scale as Scale,
  pass_mark: hundredths(passMark(programme)),
  rank_needs: programme.rank_needs,
});

/** The subject of this name. */
export const subjectOf = ({ subjects }: Programme, name: string | undefined): Subject | undefined =>
  name === undefined ? undefined : subjects.find((subject) => nameKey(subject.name) === nameKey(name));

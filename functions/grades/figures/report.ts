import * as z from 'zod';
import { roundedQuotient } from '../../../platform/base/decimal.ts';
import type { StoredResult } from '../assessments/assessment.ts';
import { outcomeOf } from '../assessments/result-store.ts';
import type { SubjectLine } from '../averages/card.ts';
import type { Figure } from '../averages/vocabulary.ts';
import { type Assessment, type Book, cardIn, isVisible, type Score, type Sheet, type View } from '../classes/book.ts';
import { nameKey, type Programme, passMark, programmeOr, type SHOWN, shownBy } from '../classes/programme.ts';
import { decimal } from '../marks/decimal.ts';
import type { Mark } from '../marks/mark.ts';
import { lineOf } from './class-stats.ts';
import type { ClassFigures } from './standings.ts';

/** Over fewer results than these nothing is told that could tell one of them. */
export const FEWEST = 5;

/** What is told of the figures of a class beside one's own. */
export const Among = z.object({ mean: z.number().optional(), min: z.number().optional(), max: z.number().optional() });

/** A mark or a result of an assessment. */
const ResultLine = z.object({
  id: z.string(),
  title: z.string().optional(),
  subject: z.string().optional(),
  category: z.string().optional(),
  out_of: z.number(),
  coefficient: z.number(),
  counts: z.enum(['always', 'bonus', 'never']),
  score: z.number().optional(),
  status: z.enum(['absent', 'exempt', 'missing']).optional(),
  comment: z.string().optional(),
  date: z.string().optional(),
  at: z.iso.datetime().optional(),
  version: z.int().optional(),
});
export type ResultLine = z.input<typeof ResultLine>;

const CategoryLine = z.object({ name: z.string(), figure: z.number().optional(), weight: z.number() });

/** A subject with the figures that its own is the mean of. */
export const SubjectReport = z.object({
  name: z.string().optional(),
  figure: z.number().optional(),
  coefficient: z.number(),
  counts: z.enum(['always', 'bonus', 'never']),
  categories: z.array(CategoryLine),
  get parts() {
    return z.array(SubjectReport);
  },
  class: Among.optional(),
});
export type SubjectReport = z.input<typeof SubjectReport>;

/** `GET /grades/{student_id}`: what a student has in a term, and what it comes to. */
export const ReportView = z.object({
  student_id: z.int(),
  name: z.string(),
  class_name: z.string().optional(),
  term: z.object({ id: z.string(), name: z.string(), state: z.enum(['open', 'closing', 'closed']) }),
  scale: z.int(),
  pass_mark: z.number(),
  results: z.array(ResultLine),
  subjects: z.array(SubjectReport),
  /** Of a term that is divided: those right below it that began. */
  terms: z.array(z.object({ id: z.string(), name: z.string(), weight: z.number(), general: z.number().optional() })),
  general: z.number().optional(),
  class: Among.optional(),
  rank: z.int().nullable().optional(),
  ranked: z.int().optional(),
  size: z.int().optional(),
  /** Since the term before. */
  change: z.number().optional(),
  /** The published card of the term, and whether it would be printed otherwise today. */
  card: z.object({ version: z.int(), differs: z.boolean() }).optional(),
});
export type ReportView = z.input<typeof ReportView>;

/** What a reader may see of a class beside the student's own. */
export interface Shown {
  readonly view: View;
  readonly subject: (name: string | undefined) => boolean;
  readonly rank: boolean;
  readonly general: boolean;
  readonly mean: boolean;
  readonly extremes: boolean;
  /** Fewer figures than these are told nothing of. */
  readonly fewest: number;
}

/** The staff sees everything of what is theirs. */
export const toStaff = (subject: Shown['subject']): Shown => ({
  view: 'staff',
  subject,
  ...{ rank: true, general: true, mean: true, extremes: true, fewest: 1 },
});

/**
 * A family sees what the class shows, and only what is released by then.
 * @param printed what the published card of the term shows, where there is one: nothing that it hides stands beside it
 */
export const toFamily = (programme: Programme | undefined, view: View, printed?: typeof SHOWN): Shown => {
  const now = shownBy(programmeOr(programme));
  const { rank, general, class_mean, extremes } = printed
    ? {
        rank: now.rank && printed.rank,
        general: now.general && printed.general,
        class_mean: now.class_mean && printed.class_mean,
        extremes: now.extremes && printed.extremes,
      }
    : now;
  return { view, subject: () => true, rank, general, mean: class_mean, extremes, fewest: FEWEST };
};

const optional = (figure: Figure | undefined): number | undefined =>
  figure === undefined ? undefined : decimal(figure);

/** The mean and the extremes of a class's figures, as far as they may be told. */
export function among(figures: readonly (Figure | undefined)[], shown: Shown): z.input<typeof Among> | undefined {
  const known = figures.filter((figure) => figure !== undefined);
  if (known.length < shown.fewest || known.length === 0 || !(shown.mean || shown.extremes)) return undefined;
  const sum = known.reduce((all, figure) => all + figure, 0);
  const mean = roundedQuotient(BigInt(sum), BigInt(known.length));
  return {
    ...(shown.mean && { mean: decimal(mean) }),
    ...(shown.extremes && { min: decimal(Math.min(...known)), max: decimal(Math.max(...known)) }),
  };
}

/** How subjects are printed: as the programme has them, else as whoever entered a mark that the reader may see wrote them. */
export function labelsOf(
  { programme, assessments, sheets }: Book,
  studentId: number,
  view: View,
): ReadonlyMap<string, string> {
  const sheet: Partial<Sheet> = sheets.get(studentId) ?? {};
  const own = Object.entries(sheet).flatMap(([name, label]): [string, string][] =>
    name.startsWith('l#') ? [[name.slice(2), String(label)]] : [],
  );
  const asked = [...Object.values(sheet.brought ?? {}), ...assessments]
    .filter((one) => isVisible(one, view))
    .flatMap(({ subject }): [string, string][] => (subject === undefined ? [] : [[nameKey(subject), subject]]));
  const { subjects, categories } = programmeOr(programme);
  const taught = [...subjects, ...categories].map(({ name }): [string, string] => [nameKey(name), name]);
  return new Map([...own, ...asked, ...taught]);
}

/** The subjects of a student's card, with what the class has in each. */
export function subjectsOf(figures: ClassFigures, studentId: number, shown: Shown): SubjectReport[] {
  const { cards, book, term } = figures;
  const labels = labelsOf(book, studentId, shown.view);
  const label = (name: string | undefined) => (name === undefined ? undefined : (labels.get(name) ?? name));
  const others = (name: string | undefined) =>
    name === undefined ? [] : [...cards.values()].map(({ subjects }) => lineOf(subjects, name)?.figure);
  const report = (line: SubjectLine): SubjectReport => ({
    name: label(line.name),
    figure: optional(line.figure),
    coefficient: decimal(line.weight),
    counts: line.counts,
    categories: line.categories.map(({ name, figure, weight }) => ({
      name: label(name) ?? name,
      figure: optional(figure),
      weight: decimal(weight),
    })),
    parts: line.parts.map(report),
    class: among(others(line.name), shown),
  });
  // Whoever teaches a part alone sees the part alone.
  const theirs = (line: SubjectLine): SubjectReport[] =>
    shown.subject(line.name) ? [report(line)] : line.parts.flatMap(theirs);
  // Who left before the term was over has a card of their own, and is not among those it is compared with.
  const own = () => (book.term === term.id ? cardIn(book, studentId, shown.view) : undefined);
  const card = cards.get(studentId) ?? own();
  return (card?.subjects ?? []).flatMap(theirs);
}

const plainLine = ({ id, grade, coefficient, subject, comment, at, version }: Mark): ResultLine => ({
  ...{ id, subject, comment, at, version, coefficient },
  ...{ out_of: 20, counts: 'always' as const, score: grade },
});

type Asked = Pick<Assessment, 'subject' | 'category' | 'out_of' | 'coefficient' | 'counts' | 'release_at'> &
  Partial<Pick<Assessment, 'title' | 'date'>>;

function assessedLine(id: string, asked: Asked, score: Score, stored: StoredResult | undefined): ResultLine {
  const { title, subject, category, counts, date } = asked;
  return {
    ...{ id, title, subject, category, counts, date },
    ...{ out_of: decimal(asked.out_of), coefficient: decimal(asked.coefficient) },
    ...outcomeOf(score),
    ...(stored && { comment: stored.comment, at: stored.at, version: stored.version }),
  };
}

const byId = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : Number(a > b));

/** Every result of a student in a leaf that the reader may see: of assessments, then plain marks, in order of entry. */
export function resultsOf(
  book: Book,
  studentId: number,
  { marks, stored }: { readonly marks: readonly Mark[]; readonly stored: readonly StoredResult[] },
  shown: Shown,
): ResultLine[] {
  const sheet = book.sheets.get(studentId);
  const by = new Map(stored.map((one) => [one.assessment, one]));
  const own = book.assessments.flatMap((asked) => {
    const score = sheet?.[`a#${asked.nr}`] as Score | undefined;
    return score !== undefined && isVisible(asked, shown.view)
      ? [assessedLine(asked.id, asked, score, by.get(asked.id))]
      : [];
  });
  // In order of their ids, since the database keeps none among the entries of a map.
  const brought = Object.entries(sheet?.brought ?? {})
    .toSorted(byId)
    .flatMap(([id, asked]) =>
      isVisible(asked, shown.view) ? [assessedLine(id, asked, asked.result, by.get(id))] : [],
    );
  return [...own, ...brought, ...marks.map(plainLine)].filter(({ subject }) => shown.subject(subject));
}

/** What a page and a card say of a student's figures beside their subjects: both go by the same, so neither shows more. */
export function generalIn(figures: ClassFigures, studentId: number, shown: Shown) {
  const general = figures.generalOf(studentId);
  const all = figures.ranking.members.map((member) => member.general);
  return {
    ...(shown.general && general !== undefined && { general: decimal(general) }),
    class: shown.general ? among(all, shown) : undefined,
    ...rankOf(figures, studentId, shown),
  };
}

/** What a report says of the class that it stands in. */
export const scaleIn = (programme: Programme | undefined) => {
  const known = programmeOr(programme);
  return { scale: known.scale, pass_mark: passMark(known) };
};

/** The rank of a member, with how many are ranked. */
export function rankOf({ ranking }: ClassFigures, studentId: number, shown: Shown) {
  const member = ranking.members.find(({ student }) => student === studentId);
  if (!member || !shown.rank) return {};
  return { rank: member.rank, ranked: ranking.ranked, size: ranking.size };
}

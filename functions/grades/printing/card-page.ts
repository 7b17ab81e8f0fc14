import { dayIn } from '../../../platform/base/day.ts';
import type { Language } from '../../../platform/base/language.ts';
import { type Letterhead, letterhead } from '../../../platform/pdf/letterhead.ts';
import { day, days, figure, NONE, plain } from '../../../platform/pdf/written.ts';
import { nameKey } from '../classes/programme.ts';
import type { Card, CardContent, CardSubject, Column } from '../report-cards/card.ts';
import { type Words, wordsIn } from './words.ts';

/** A column of figures: `own` is the student's in this term. */
interface PageColumn {
  readonly label: string;
  readonly own: boolean;
  readonly narrow: boolean;
}

/** A line of the table of subjects. */
interface Row {
  /** How far below a subject it stands: a part, a part of a part. */
  readonly depth: number;
  readonly name: string;
  /** What stands small below the name: who teaches it, figures by category. */
  readonly notes: readonly string[];
  readonly cells: readonly string[];
  readonly remark: string | null;
}

type Fact = readonly [name: string, value: string];

/** A report card as it is laid out: texts, in their order, and nothing left to decide. */
export interface CardPage {
  /** Tells the pages of one card from those of the others of a document. */
  readonly key: string;
  readonly school: Letterhead;
  readonly kind: string;
  readonly period: string;
  readonly year: string | null;
  readonly replaces: { readonly title: string; readonly reason: string | null } | null;
  readonly student: { readonly name: string; readonly lines: readonly string[] };
  readonly facts: readonly Fact[];
  readonly subject_label: string;
  readonly remark_label: string;
  readonly columns: readonly PageColumn[];
  readonly rows: readonly Row[];
  readonly totals: { readonly name: string; readonly cells: readonly string[]; readonly remark: string } | null;
  readonly council: {
    readonly title: string;
    readonly absences: readonly Fact[];
    readonly remark: string | null;
    readonly verdicts: readonly Fact[];
  };
  readonly signatures: { readonly head: string; readonly head_name: string | null; readonly parent: string };
  readonly note: string;
  readonly foot: string;
  readonly page_label: string;
}

/** What a column says of a subject, and in general; a column in which nobody has a figure is left out. */
interface Source extends PageColumn {
  readonly of: (line: CardSubject) => string | undefined;
  readonly general: number | undefined;
  /** Whether it says something in general alone, of no subject. */
  readonly inGeneral?: boolean;
}

const everySubject = (subjects: readonly CardSubject[]): CardSubject[] =>
  subjects.flatMap((one) => [one, ...everySubject(one.parts)]);

/** Figures of another term by the key of their subject. */
const figuresOf = ({ subjects }: Column): ReadonlyMap<string, number> =>
  new Map(
    subjects.flatMap(({ name, figure: value }) => (value === undefined ? [] : [[nameKey(name ?? ''), value] as const])),
  );

const weightOf = ({ coefficient, counts }: CardSubject, words: Words, language: Language): string => {
  if (counts === 'never' || coefficient === 0) return NONE;
  return counts === 'bonus' ? words.bonus : plain(coefficient, language);
};

/** The columns of figures of a card, those of the year's other terms before the student's own. */
function sourcesOf(content: CardContent, words: Words, language: Language): Source[] {
  const written = (value: number | undefined) => (value === undefined ? undefined : figure(value, language));
  const terms = content.terms.map((column): Source => {
    const by = figuresOf(column);
    const of = ({ name }: CardSubject) => written(by.get(nameKey(name ?? '')));
    return { label: column.name, own: false, narrow: false, of, general: column.general };
  });
  const among = (label: string, pick: 'mean' | 'min' | 'max'): Source => ({
    ...{ label, own: false, narrow: true },
    of: (line) => written(line.class?.[pick]),
    general: content.class?.[pick],
  });
  const lines = everySubject(content.subjects);
  // Of a divided term a subject has figures by term only: what is in general is the year's.
  const label = lines.every((line) => line.figure === undefined) && terms.length > 0 ? words.year : words.student;
  const own: Source = {
    ...{ label, own: true, narrow: false },
    of: (line) => written(line.figure),
    general: content.general,
  };
  const beside = [among(words.class_mean, 'mean'), among(words.lowest, 'min'), among(words.highest, 'max')];
  const ofSubjects = ({ of }: Source) => lines.some((line) => of(line) !== undefined);
  const shown = [...terms, own, ...beside.filter((one) => one.general !== undefined || ofSubjects(one))];
  return [
    {
      label: words.coefficient,
      own: false,
      narrow: true,
      of: (line) => weightOf(line, words, language),
      general: undefined,
    },
    ...shown.map((one) => ({ ...one, inGeneral: one.general !== undefined && !ofSubjects(one) })),
  ];
}

/** How a card is written: in which language, and how those are called whom it names. */
interface Manner {
  readonly words: Words;
  readonly language: Language;
  readonly called: (username: string) => string;
}

function rowsOf(lines: readonly CardSubject[], sources: readonly Source[], manner: Manner, depth = 0): Row[] {
  const { words, language, called } = manner;
  return lines.flatMap((line) => {
    const categories = line.categories.map(({ name, figure: value }) => `${name} ${figure(value, language)}`);
    const notes = [
      ...(line.teachers.length > 0 ? [line.teachers.map(called).join(', ')] : []),
      ...(categories.length > 0 ? [categories.join(' · ')] : []),
      ...(line.counts === 'never' ? [words.not_counted] : []),
    ];
    const row: Row = {
      depth,
      name: line.name ?? words.no_subject,
      notes,
      cells: sources.map(({ of, inGeneral }) => of(line) ?? (inGeneral ? '' : NONE)),
      remark: line.remark?.text ?? null,
    };
    return [row, ...rowsOf(line.parts, sources, manner, depth + 1)];
  });
}

/** Subjects that stand in another term of the year alone: an option that was given up, without a coefficient now. */
function givenUp({ subjects, terms }: CardContent): CardSubject[] {
  const there = new Set(everySubject(subjects).map(({ name }) => nameKey(name ?? '')));
  const gone = new Map<string, string>();
  for (const { name = '', figure: value } of terms.flatMap((one) => one.subjects))
    if (value !== undefined && name !== '' && !there.has(nameKey(name))) gone.set(nameKey(name), name);
  const nothing = { coefficient: 0, counts: 'always' as const, categories: [], parts: [], teachers: [] };
  return [...gone.values()].map((name) => ({ name, ...nothing }));
}

function rankIn({ rank, ranked }: CardContent, words: Words): string {
  if (rank === undefined) return '';
  return rank === null ? words.unranked : words.rank(rank, ranked ?? rank);
}

function totalsOf(
  content: CardContent,
  sources: readonly Source[],
  words: Words,
  language: Language,
): CardPage['totals'] {
  const remark = rankIn(content, words);
  if (!content.show.general && remark === '') return null;
  const cells = sources.map(({ general }, i) => (i === 0 ? '' : figure(general, language)));
  return { name: words.general, cells, remark };
}

function factsOf({ class_name, size, head_teacher, term }: CardContent, { words, language, called }: Manner): Fact[] {
  const { starts_on, ends_on } = term;
  return [
    [words.class, class_name],
    ...(size === undefined ? [] : [[words.size, words.students(size)] as const]),
    ...(head_teacher === undefined ? [] : [[words.head_teacher, called(head_teacher)] as const]),
    ...(starts_on !== undefined && ends_on !== undefined
      ? [[words.period, days(starts_on, ends_on, language)] as const]
      : []),
  ];
}

function councilOf({ council }: CardContent, words: Words, language: Language): CardPage['council'] {
  const counted = (['absences_excused', 'absences_unexcused', 'late'] as const).flatMap((name): Fact[] => {
    const value = council[name];
    return value === undefined ? [] : [[words[name], plain(value, language)]];
  });
  const { remark, mention, conduct, decision } = council;
  return {
    title: words.council,
    absences: [...counted, ...(conduct === undefined ? [] : [[words.conduct, conduct] as const])],
    remark: remark ?? null,
    verdicts: [
      ...(mention === undefined ? [] : [[words.mention, mention] as const]),
      ...(decision === undefined ? [] : [[words.decision, words.decisions[decision]] as const]),
    ],
  };
}

function studentOf({ student }: CardContent, words: Words, language: Language): CardPage['student'] {
  const { name, matricule, birth_date, birth_place } = student;
  const born = birth_date === undefined ? undefined : day(birth_date, language);
  const lines = [
    ...(born === undefined && birth_place === undefined ? [] : [words.born(born, birth_place)]),
    ...(matricule === undefined ? [] : [`${words.matricule} ${matricule}`]),
  ];
  return { name, lines };
}

/** The digits that a card prints of its digest: enough to tell that two are not of the same content. */
const DIGITS = 16;

const fingerprint = (sha256: string): string => sha256.slice(0, DIGITS).replaceAll(/(.{4})(?=.)/g, '$1 ');

/**
 * A published card as a page. What it says is what was frozen; the language is that of the reader.
 * @param time_zone in which the day of its publication is told
 */
export function cardPage(card: Card, language: Language, time_zone: string): CardPage {
  const { content, version, replaces, reason, published_at, sha256 } = card;
  const words = wordsIn(language);
  const sources = sourcesOf(content, words, language);
  const manner = { words, language, called: (username: string) => content.people?.[username] ?? username };
  const { term, year, school } = content;
  const published = day(dayIn(time_zone, Date.parse(published_at)), language);
  return {
    key: `card-${card.id}`,
    school: letterhead(school, language),
    kind: words.card,
    period: term.name,
    year: year.id === term.id ? null : `${words.school_year} ${year.name}`,
    replaces:
      replaces === undefined
        ? null
        : { title: words.replaces(replaces), reason: reason === undefined ? null : `${words.reason} ${reason}` },
    student: studentOf(content, words, language),
    facts: factsOf(content, manner),
    subject_label: words.subject,
    remark_label: words.remarks,
    columns: sources.map(({ label, own, narrow }) => ({ label, own, narrow })),
    rows: rowsOf([...content.subjects, ...givenUp(content)], sources, manner),
    totals: totalsOf(content, sources, words, language),
    council: councilOf(content, words, language),
    signatures: { head: words.head, head_name: school.head_name ?? null, parent: words.parent },
    note: words.scale(content.scale, plain(content.pass_mark, language)),
    foot: `${content.student.name} · ${words.version(version, published)} · ${words.fingerprint} ${fingerprint(sha256)}`,
    page_label: words.page,
  };
}

import type { Language } from '../../../platform/base/language.ts';
import { type Letterhead, letterhead } from '../../../platform/pdf/letterhead.ts';
import { day, figure, NONE, plain } from '../../../platform/pdf/written.ts';
import type { School } from '../school.ts';
import { type Words, wordsIn } from './words.ts';

/** The figures of a class in general or in a subject, as {@link StatsView} has them. */
export interface Statistics {
  readonly size: number;
  readonly count: number;
  readonly mean?: number | undefined;
  readonly median?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly standard_deviation?: number | undefined;
  readonly pass_rate?: number | undefined;
  readonly histogram: readonly number[];
}

/** All that the report of a class tells. */
export interface ClassReport {
  readonly school: School;
  readonly class_name: string;
  readonly term: { readonly name: string };
  /** The school year, where the term is not the whole of it. */
  readonly year: string | undefined;
  readonly scale: number;
  readonly pass_mark: number;
  readonly statistics: Statistics;
  readonly subjects: readonly (Statistics & { readonly name: string })[];
  readonly members: readonly {
    readonly name: string;
    readonly rank: number | null;
    readonly average?: number | undefined;
  }[];
  /** The day on which it is made. */
  readonly on: string;
}

interface Table {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface Bar {
  readonly count: number;
  readonly passed: boolean;
}

/** The report of a class as it is laid out. */
export interface ReportPage {
  readonly school: Letterhead;
  readonly kind: string;
  readonly class: string;
  readonly period: string;
  readonly year: string | null;
  readonly figures: readonly (readonly [name: string, value: string])[];
  readonly histogram: {
    readonly title: string;
    readonly bars: readonly Bar[];
    readonly ticks: readonly string[];
    readonly alt: string;
  };
  readonly nobody: string;
  readonly subjects: Table;
  readonly ranking: Table;
  readonly foot: string;
  readonly page_label: string;
}

/** How many numbers stand below the bars. */
const TICKS = 10;

function histogramOf({ statistics, scale, pass_mark }: ClassReport, words: Words, language: Language) {
  const { histogram: counts, count } = statistics;
  const title = words.distribution;
  if (count === 0) return { title, bars: [], ticks: [], alt: words.nobody };
  const edge = (i: number) => (i * scale) / counts.length;
  const bars = counts.map((one, i) => ({ count: one, passed: edge(i) >= pass_mark }));
  const told = counts.flatMap((one, i) =>
    one === 0 ? [] : [words.bar(one, plain(edge(i), language), plain(edge(i + 1), language))],
  );
  const ticks = Array.from({ length: TICKS }, (_, i) => plain((i * scale) / TICKS, language));
  return { title, bars, ticks, alt: `${title} : ${told.join(', ')}.` };
}

function subjectsOf({ subjects }: ClassReport, words: Words, language: Language): Table {
  const heads = [words.subject, words.graded, words.mean, words.median, words.lowest, words.highest, words.pass_rate];
  const rows = subjects.map(({ name, count, mean, median, min, max, pass_rate }) => [
    ...[name, String(count)],
    ...[mean, median, min, max].map((value) => figure(value, language)),
    percent(pass_rate, language),
  ]);
  return { title: words.by_subject, heads, rows };
}

const percent = (rate: number | undefined, language: Language): string =>
  rate === undefined ? NONE : `${figure(rate, language, 1)}${language === 'fr' ? ' ' : ''}%`;

/** The report of a class as a page, in a language. */
export function reportPage(report: ClassReport, language: Language): ReportPage {
  const words = wordsIn(language);
  const { statistics: all, class_name, term, year, scale, members, school, on } = report;
  const of = (value: number | undefined) => figure(value, language);
  return {
    school: letterhead(school, language),
    kind: words.report,
    class: class_name,
    period: term.name,
    year: year === undefined ? null : `${words.school_year} ${year}`,
    figures: [
      [words.members, String(all.size)],
      [words.graded, String(all.count)],
      [words.mean, of(all.mean)],
      [words.median, of(all.median)],
      [words.lowest, of(all.min)],
      [words.highest, of(all.max)],
      [words.deviation, of(all.standard_deviation)],
      [words.pass_rate, percent(all.pass_rate, language)],
    ],
    histogram: histogramOf(report, words, language),
    nobody: words.nobody,
    subjects: subjectsOf(report, words, language),
    ranking: {
      title: words.ranking,
      heads: [words.rank_label, words.student, `${words.average} /${scale}`],
      rows: members.map(({ rank, name, average }) => [rank === null ? NONE : String(rank), name, of(average)]),
    },
    foot: `${class_name} · ${term.name} · ${words.made_on(day(on, language))}`,
    page_label: words.page,
  };
}

/** Who is best, of a class or of all. */
export interface Best {
  readonly school: School;
  readonly class_name: string | undefined;
  readonly term: { readonly name: string };
  readonly year: string | undefined;
  readonly places: readonly {
    readonly rank: number;
    readonly name: string;
    readonly class_name?: string | undefined;
    readonly average: number;
    readonly scale: number;
  }[];
  readonly on: string;
}

/** The ten best as they are laid out. */
export interface TopPage {
  readonly school: Letterhead;
  readonly kind: string;
  readonly title: string;
  readonly of: string;
  readonly period: string;
  readonly year: string | null;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly nobody: string;
  readonly foot: string;
  readonly page_label: string;
}

/** The ten best as a page, in a language. */
export function topPage({ school, class_name, term, year, places, on }: Best, language: Language): TopPage {
  const words = wordsIn(language);
  const of = class_name === undefined ? words.all_classes : `${words.class} ${class_name}`;
  return {
    school: letterhead(school, language),
    kind: words.top,
    title: words.best,
    of,
    period: term.name,
    year: year === undefined ? null : `${words.school_year} ${year}`,
    heads: [words.rank_label, words.student, words.class, words.average],
    rows: places.map(({ rank, name, class_name: where, average, scale }) => [
      ...[String(rank), name, where ?? ''],
      `${figure(average, language)} / ${scale}`,
    ]),
    nobody: words.nobody_ranked,
    foot: `${of} · ${term.name} · ${words.made_on(day(on, language))}`,
    page_label: words.page,
  };
}

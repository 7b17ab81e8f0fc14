import type { OperationName } from './operations.ts';

/**
 * A school and its year, as far as calls go. All of it is assumed, and all of it stands here: change a number, run
 * `npm run docs`, and docs/scale.md follows.
 */

/** How many of each there are for each student. Everybody has an account, and nobody two. */
export const PEOPLE = { student: 1, guardian: 0.8, teacher: 1 / 20, secretary: 1 / 250, nurse: 1 / 1000 } as const;

/** What a day is, for the calls that come on it. */
export type Day = 'enrolment' | 'lessons' | 'exams' | 'council' | 'published' | 'weekend' | 'holiday';

/** What a week is. At the end of a term councils sit for four days, and on the Friday results are published. */
export type Week = 'enrolment' | 'lessons' | 'exams' | 'end' | 'holiday';

/** A year of 52 weeks, as many as said of each kind in turn: an enrolment fortnight, three terms, and what lies between. */
export const WEEKS: readonly (readonly [count: number, week: Week])[] = [
  [2, 'enrolment'],
  ...term(10, 2),
  ...term(10, 2),
  ...term(9, 8),
];

function term(lessons: number, holiday: number): [number, Week][] {
  return [
    [lessons, 'lessons'],
    [2, 'exams'],
    [1, 'end'],
    [holiday, 'holiday'],
  ];
}

const times = (count: number, day: Day): Day[] => Array.from({ length: count }, () => day);

/** The seven days of a week, from Monday. */
export function daysOf(week: Week): readonly Day[] {
  if (week === 'holiday') return times(7, 'holiday');
  const five = week === 'end' ? [...times(4, 'council'), 'published' as const] : times(5, week);
  return [...five, ...times(2, 'weekend')];
}

/** How the visits of a day lie over its hours, and how many of an hour's come within some seconds of its beginning. */
export interface Hours {
  /** Shares of the hours, by the hour that they begin with; they are made to sum to 1. */
  readonly share: Readonly<Record<number, number>>;
  /** The bell, or the e-mail that everybody gets: the share of the hour's visits that come within so many seconds. */
  readonly burst?: { readonly share: number; readonly seconds: number };
}

/** The hours of a day, by the clocks of the school; all schools of a stack keep the same, which is the worst case. */
export const HOURS = {
  breaks: {
    share: { 7: 1, 8: 1, 10: 3, 12: 4, 13: 2, 15: 2, 16: 3, 17: 3, 18: 2, 19: 2, 20: 2, 21: 1 },
    burst: { share: 0.2, seconds: 120 },
  },
  evening: { share: { 12: 1, 17: 1, 18: 2, 19: 3, 20: 4, 21: 3, 22: 1 } },
  release: { share: { 17: 1, 18: 8, 19: 5, 20: 4, 21: 2 }, burst: { share: 0.25, seconds: 300 } },
  lessons: { share: { 8: 2, 9: 2, 10: 3, 11: 2, 14: 2, 15: 2, 16: 3, 17: 2, 18: 1, 20: 2, 21: 1 } },
  office: { share: { 8: 3, 9: 4, 10: 4, 11: 3, 14: 3, 15: 3, 16: 1 } },
  afternoon: { share: { 15: 1, 16: 1 } },
} as const satisfies Readonly<Record<string, Hours>>;

/** Days differ for everybody at once (weather, a strike, a test tomorrow): by so much, as a standard deviation. */
export const MOOD = 0.2;

/** Kilobytes in the tables for each student after a year, with marks, payments, articles and entries of indexes. */
export const STORED_KB = 5;

/** Of all that is bought or ordered in a second, so much is one article: the exercise book of the first day. */
export const BUSIEST_ARTICLE = 0.2;

/** Something that some of the people do now and then. */
export interface Habit {
  readonly who: keyof typeof PEOPLE;
  readonly what: string;
  /** Visits of each of them on a day of each kind; none where it is not said. */
  readonly visits: Readonly<Partial<Record<Day, number>>>;
  readonly hours: keyof typeof HOURS;
  /** Pages of the portal that a visit opens, each with its part of the calls; none is a program that calls by itself. */
  readonly pages: number;
  /** The calls of the API in a visit, by the operations that are measured: an average, so a third of one may be. */
  readonly calls: Readonly<Partial<Record<OperationName, number>>>;
}

const every = (visits: number, days: readonly Day[]): Partial<Record<Day, number>> =>
  Object.fromEntries(days.map((day) => [day, visits]));

const TAUGHT: readonly Day[] = ['lessons', 'exams', 'council', 'published'];
const OPEN: readonly Day[] = ['enrolment', ...TAUGHT];

/** How a family looks at how things stand. */
const LOOK: Habit['calls'] = {
  'sign in': 0.3,
  'my students': 1,
  'my notices': 1.5,
  'read the marks, as the student': 1,
  'the report of a student': 0.3,
};

/** What people do in a year. */
export const HABITS: readonly Habit[] = [
  {
    ...{ who: 'student', what: 'looks at marks and notices', hours: 'breaks', pages: 3 },
    visits: { ...every(0.8, TAUGHT), weekend: 0.3, enrolment: 0.1 },
    calls: { ...LOOK, 'the ten best': 0.1, 'statistics of a class': 0.2 },
  },
  {
    ...{ who: 'guardian', what: 'reads in the evening', hours: 'evening', pages: 3 },
    visits: { ...every(0.25, TAUGHT), weekend: 0.1, enrolment: 0.2 },
    calls: { ...LOOK, 'what a student owes': 0.3 },
  },
  {
    ...{ who: 'student', what: 'reads the report that was published', hours: 'release', pages: 3 },
    visits: { published: 1 },
    calls: { ...LOOK, 'sign in': 0.5, 'the report of a student': 1.5, 'the ten best, after a mark': 0.3 },
  },
  {
    ...{ who: 'guardian', what: 'reads the report that was published', hours: 'release', pages: 3 },
    visits: { published: 1 },
    calls: { ...LOOK, 'sign in': 0.7, 'the report of a student': 1.5 },
  },
  {
    ...{ who: 'student', what: 'buys in the shop', hours: 'breaks', pages: 4 },
    visits: { ...every(0.02, TAUGHT), enrolment: 0.15, weekend: 0.01 },
    calls: {
      ...{ 'a page of 20 articles': 1.5, 'read an article': 1.5, 'my purchases': 0.3 },
      ...{ 'buy an article': 0.3, 'order an article': 0.6, 'pay an order': 0.5, 'read an order': 0.6 },
    },
  },
  {
    ...{ who: 'teacher', what: 'enters marks and follows a class', hours: 'lessons', pages: 8 },
    visits: every(1, TAUGHT),
    calls: {
      ...{ 'sign in': 0.5, 'enter the results of 32': 0.25, 'add a mark': 0.4, 'read the marks, as a teacher': 3 },
      ...{ 'statistics of a class, after a mark': 0.5, 'statistics of a class': 1, 'the ten best': 0.2 },
    },
  },
  {
    ...{ who: 'teacher', what: 'enters the results of exams', hours: 'lessons', pages: 4 },
    visits: { exams: 1 },
    calls: { 'enter the results of 32': 0.6, 'statistics of a class, after a mark': 0.6 },
  },
  {
    ...{ who: 'teacher', what: 'sits in a council', hours: 'afternoon', pages: 6 },
    visits: { council: 1 },
    calls: { 'the report of a student': 5, 'statistics of a class': 2, 'the ten best': 0.5 },
  },
  {
    ...{ who: 'secretary', what: 'registers the students', hours: 'office', pages: 50 },
    // Everybody of the first year of all, in ten days: 250 students a secretary.
    visits: { enrolment: 1 },
    calls: { 'register a student': 25, 'confirm a payment': 25, 'a page of 20 students': 15, 'read a student': 25 },
  },
  {
    ...{ who: 'secretary', what: 'keeps the records and the cash desk', hours: 'office', pages: 40 },
    visits: every(1, OPEN),
    calls: {
      ...{ 'sign in': 2, 'who am I': 2, 'read a student': 20, 'a page of 20 students': 15, 'what a student owes': 10 },
      ...{ 'confirm a payment': 4, 'read a person': 5, 'a page of 20 persons': 3 },
    },
  },
  {
    ...{ who: 'secretary', what: 'has families notified of the results', hours: 'afternoon', pages: 0 },
    visits: { published: 1 },
    calls: { 'notify the grades': 250 },
  },
  {
    ...{ who: 'nurse', what: 'keeps the health records', hours: 'lessons', pages: 12 },
    visits: every(1, TAUGHT),
    calls: { 'sign in': 1, 'read a health record': 10, 'add a measurement': 5 },
  },
];

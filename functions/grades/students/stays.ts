import { type ClassRef, classRef, refOf } from '../classes/class-ref.ts';
import type { Calendar, Term } from '../terms/term.ts';
import type { Enrolment, Student } from './student.ts';

/** Where a student's results of a term stand, and whether they are one of that class in it. */
export interface Place {
  readonly ref: ClassRef;
  /** False of who left before the term was over: their results stay, and nobody is compared with them. */
  readonly seated: boolean;
}

/** After every day that there is: a term without dates ends on no day. */
const NEVER = '9999-12-31';

/** Before every day that there is. */
const ALWAYS = '';

/** Whether a student is at the school no more. */
export const hasLeft = ({ status }: Pick<Student, 'status'>): boolean => status === 'left';

/** A stay in a class, or in none. */
interface Stay {
  readonly ref: ClassRef;
  readonly from: string;
  /** The last day. */
  readonly to: string | undefined;
}

const DAY_MS = 24 * 3600 * 1000;

const dayBefore = (day: string): string => new Date(Date.parse(day) - DAY_MS).toISOString().slice(0, 10);

/** The stays of a student, in order: of one of whom no dates were told, a single one without beginning. */
function staysOf(student: Student): Stay[] {
  const { enrolments = [], left_on } = student;
  const lastDay = left_on === undefined ? ALWAYS : dayBefore(left_on);
  const stays = enrolments.map(({ class_name, from, to }): Stay => ({ ref: classRef(class_name), from, to }));
  const last = stays.pop();
  if (!last) return [{ ref: refOf(student), from: ALWAYS, to: hasLeft(student) ? lastDay : undefined }];
  if (hasLeft(student)) return [...stays, { ...last, to: last.to ?? lastDay }];
  if (last.to === undefined) return [...stays, last];
  // Still at the school, and taken out of the last class without another.
  return [...stays, last, { ref: refOf(student), from: `${last.to}+`, to: undefined }];
}

/** The last day at the school, an ISO date, of a student who left; none where nobody told it. */
export function lastDayOf(student: Student): string | undefined {
  const { to } = staysOf(student).at(-1) ?? {};
  return hasLeft(student) && to !== ALWAYS ? to : undefined;
}

/**
 * Where a student is in a leaf: in the class of its last day, as far as that is known, since what is told lies in the past.
 * So whoever moves in January stays in their old class in a term that ended in December. Before their first stay they are
 * in the class of it, in its school year alone.
 * @returns undefined where they came only after its school year
 */
export function placeIn(student: Student, leaf: Term, calendar: Calendar): Place | undefined {
  const { ends_on = NEVER } = leaf;
  const stays = staysOf(student);
  const last = stays.findLast(({ from }) => from <= ends_on);
  if (last) return { ref: last.ref, seated: last.to === undefined || last.to >= ends_on };
  const [first] = stays;
  return first && !cameAfter(student, leaf, calendar) ? { ref: first.ref, seated: true } : undefined;
}

/** Whether a student came to the school only after the school year of a leaf. */
export function cameAfter({ enrolments: [first] = [] }: Student, leaf: Term, calendar: Calendar): boolean {
  return first !== undefined && first.from > (calendar.yearOf(leaf).ends_on ?? NEVER);
}

/** The day on which a leaf was closed for all classes, by the clock of UTC. */
const closedOn = ({ state, history }: Term): string | undefined =>
  state === 'open' ? undefined : history.findLast(({ open, class_names }) => !open && !class_names)?.at.slice(0, 10);

/** Whether a student was one of a class in a leaf in which it has no book. */
export function wasIn(student: Student, ref: ClassRef, leaf: Term, calendar: Calendar): boolean {
  const at = student.was?.[leaf.id];
  if (at !== undefined) return at === ref;
  if (hasLeft(student) || refOf(student) !== ref || cameAfter(student, leaf, calendar)) return false;
  const [first] = student.enrolments ?? [];
  return first === undefined || first.from <= (closedOn(leaf) ?? NEVER);
}

/** The classes in which a student was until some day, with that day. */
export const formerly = (student: Student | undefined): { readonly ref: ClassRef; readonly to: string }[] =>
  student ? staysOf(student).flatMap(({ ref, to }) => (to === undefined || to === ALWAYS ? [] : [{ ref, to }])) : [];

/**
 * How a class in which a student was is written, as registration told it.
 * @param until of stays that began later another spelling is not taken, where there is one
 */
export function nameOf({ class_name, enrolments = [] }: Student, ref: ClassRef, until = NEVER): string | undefined {
  const isIts = (name: string | undefined): boolean => name !== undefined && classRef(name) === ref;
  const told = enrolments.filter((one) => isIts(one.class_name));
  const then = told.findLast(({ from }) => from <= until) ?? told.at(0);
  return then?.class_name ?? (isIts(class_name) ? class_name : undefined);
}

/** Stays in the order of their beginning; of two that begin on one day the later told is the later. */
export const inOrder = (enrolments: readonly Enrolment[]): Enrolment[] =>
  enrolments.toSorted((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)));

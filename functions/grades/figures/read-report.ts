import * as z from 'zod';
import { timestamp } from '../../../platform/base/clock.ts';
import { allow, type Caller, reachable } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import * as results from '../assessments/result-store.ts';
import { reachIn } from '../classes/access.ts';
import type { View } from '../classes/book.ts';
import { type ClassRef, refIn, refOf } from '../classes/class-ref.ts';
import * as classes from '../classes/class-store.ts';
import { decimal } from '../marks/decimal.ts';
import * as marks from '../marks/mark-store.ts';
import { problem } from '../problems.ts';
import type { Last } from '../report-cards/card.ts';
import * as cards from '../report-cards/card-store.ts';
import { differs } from '../report-cards/differing.ts';
import { isFamily } from '../students/family.ts';
import { nameOf } from '../students/stays.ts';
import { type Student, StudentPath } from '../students/student.ts';
import * as students from '../students/student-store.ts';
import { type Calendar, type Term, TermId } from '../terms/term.ts';
import * as terms from '../terms/term-store.ts';
import { generalIn, ReportView, resultsOf, type Shown, scaleIn, subjectsOf, toFamily, toStaff } from './report.ts';
import { type ClassFigures, classFigures } from './standings.ts';
import { refAt, termToRead } from './term-to-read.ts';

/** Whether a student is one of the class in the term, or has something in it. */
const isOfTheirs = ({ ranking, book, generalOf }: ClassFigures, id: number): boolean =>
  ranking.members.some(({ student }) => student === id) || book.sheets.has(id) || generalOf(id) !== undefined;

/**
 * What the caller may see of a student's term: families no more than their card shows, and nothing of a class that the
 * student was none of, such as the one that bears its name this year.
 * @throws student_not_found where the class is none of theirs
 */
function shownTo(caller: Caller, figures: ClassFigures, id: number, view: View, card: Last | undefined): Shown {
  const { programme } = figures;
  if (view !== 'staff')
    return {
      ...toFamily(programme, view, card?.show),
      ...(!isOfTheirs(figures, id) && { fewest: Number.POSITIVE_INFINITY }),
    };
  const reach = reachIn(programme, caller);
  if (!reach.any) throw problem.student_not_found();
  return toStaff(reach.subject);
}

/** How the class is written in which a student was, which may not be the one of today. One read where nobody told. */
async function classNameOf(student: Student, ref: ClassRef, { ends_on }: Term): Promise<string | undefined> {
  const told = nameOf(student, ref, ends_on);
  return told ?? (ref === refOf(student) ? undefined : (await classes.find(ref))?.class_name);
}

/** The general figures of a student in the terms right below one: nothing more is read for them. */
const below = (figures: ClassFigures, studentId: number, calendar: Calendar, shown: Shown) =>
  calendar.childrenOf(figures.term.id).map((child) => {
    const general = shown.general ? figures.generalBelow(child, studentId) : undefined;
    const { id, name, weight } = child;
    return { id: id as string, name, weight, ...(general !== undefined && { general: decimal(general) }) };
  });

/** How much a figure rose since the leaf before. */
async function change(student: Student, term: Term, calendar: Calendar, general: number | undefined, shown: Shown) {
  const earlier = calendar.childrenOf(term.id).length === 0 ? calendar.before(term) : undefined;
  if (!earlier || general === undefined || !shown.general) return {};
  const before = await classFigures(refIn(student, earlier.id), earlier, calendar, shown.view);
  const figure = before.generalOf(student.student_id);
  return figure === undefined ? {} : { change: decimal(general - figure) };
}

/** All marks and results of a student that stand in a leaf. One query. */
async function entriesIn(studentId: number, leaf: Term) {
  const items = await marks.itemsOf(studentId);
  const stored = results.among(items).filter(({ term }) => term === leaf.id);
  return { marks: marks.markedIn(items)?.marks.filter((mark) => marks.termOf(mark) === leaf.id) ?? [], stored };
}

/** Which card of the term is published, and whether it still says the same. */
const cardLine = async (card: Last, student: Student, calendar: Calendar, view: View) => ({
  version: card.version,
  differs: await differs(card, student, calendar, view),
});

/** The report of a student, as of one instant. */
async function report(student: Student, term: Term, calendar: Calendar, caller: Caller): Promise<ReportView> {
  const { student_id, name } = student;
  const ref = refAt(student, term, calendar);
  const isLeaf = calendar.childrenOf(term.id).length === 0;
  const view: View = isFamily(student, caller) ? { familyAt: timestamp() } : 'staff';
  const [figures, entries, class_name, card] = await Promise.all([
    classFigures(ref, term, calendar, view, student),
    isLeaf ? entriesIn(student_id, term) : undefined,
    classNameOf(student, ref, term),
    cards.last(student_id, term.id),
  ]);
  const shown = shownTo(caller, figures, student_id, view, card);
  const general = figures.generalOf(student_id);
  const [changed, published] = await Promise.all([
    change(student, term, calendar, general, shown),
    card && cardLine(card, student, calendar, view),
  ]);
  return {
    ...{ student_id, name, class_name },
    term: { id: term.id, name: term.name, state: calendar.stateOf(term) },
    ...scaleIn(figures.programme),
    results: entries ? resultsOf(figures.book, student_id, entries, shown) : [],
    subjects: subjectsOf(figures, student_id, shown),
    terms: below(figures, student_id, calendar, shown),
    ...generalIn(figures, student_id, shown),
    ...changed,
    ...(published && { card: published }),
  };
}

export const readReport = operation({
  route: 'GET /grades/{student_id}',
  summary: 'A student’s results in a term, and what they come to',
  description:
    'Every result with its assessment; figures by category, subject and overall, with the mean and the extremes of the class, the rank, and the change since the term before. `term` is any term; without it the one that is open today, of who left the one of their last day. Families see what is released and what the class shows; a teacher what they teach.',
  access: allow('admin', 'teacher', 'owner', 'guardian'),
  path: StudentPath,
  query: z.object({ term: TermId.optional() }),
  answers: { 200: ReportView },
  problems: [problem.student_not_found, problem.term_not_found],
  async handle({ path, query, caller }) {
    const [found, calendar] = await Promise.all([students.find(path.student_id), terms.calendar()]);
    const student = reachable(students.known(found), caller, problem.student_not_found);
    const term =
      query.term === undefined ? await classes.leafOf(student, calendar) : await termToRead(calendar, query.term);
    return ok(await report(student, term, calendar, caller));
  },
});

import { lowestIdAt } from '../../platform/base/ids.ts';
import { key } from '../../platform/data/key.ts';
import { put } from '../../platform/data/write.ts';
import { commit } from '../../platform/events/commit.ts';
import * as assessments from './assessments/assessment-store.ts';
import * as results from './assessments/result-store.ts';
import { classRef } from './classes/class-ref.ts';
import * as classes from './classes/class-store.ts';
import { Programme, programmeOr } from './classes/programme.ts';
import { loadCards } from './demo-cards.ts';
import {
  ASSESSMENTS,
  CHANGED_CLASS,
  DEMO_STUDENTS,
  idOf,
  LAST_CLASS,
  LAST_PROGRAMME,
  LAST_TERM,
  LAST_YEAR,
  PROGRAMMES,
  TERMS,
  THIS_YEAR,
} from './demo-school.ts';
import type { Mark } from './marks/mark.ts';
import * as marks from './marks/mark-store.ts';
import { place } from './marks/place.ts';
import * as students from './students/student-store.ts';
import { table } from './table.ts';
import { closeLeaf } from './terms/closing.ts';
import type { Term } from './terms/term.ts';
import * as terms from './terms/term-store.ts';

const SUBJECTS = [
  { subject: 'Mathématiques', coefficient: 4 },
  { subject: 'Français', coefficient: 3 },
  { subject: 'Physique', coefficient: 2.5 },
  { subject: 'Anglais', coefficient: 2 },
] as const;

const LOADED = { pk: key`DEMO`, sk: key`MARKS` };

const TERM_START = Date.parse('2026-10-05T08:00:00Z');
const WEEK_MS = 7 * 24 * 3600 * 1000;

/** The n-th mark of a student. Its id comes from its date, so that it is entered once. */
function demoMark(grade: number, n: number): Mark {
  const at = TERM_START + n * WEEK_MS;
  const subject = SUBJECTS[n % SUBJECTS.length] ?? SUBJECTS[0];
  return { ...marks.draft({ grade, ...subject }, 'prof', lowestIdAt(at)), at: new Date(at).toISOString() };
}

const enter = (id: number, mark: Mark) =>
  commit(table, async () => ({ writes: marks.insert(id, mark, await place(id)) }));

async function loadTerms(): Promise<void> {
  const calendar = await terms.calendar();
  for (const term of TERMS.filter(({ id }) => !calendar.find(id)))
    await commit(table, () => ({ writes: terms.insertWhole(term) }));
}

async function loadProgramme(class_name: string, sent: unknown, year: Term): Promise<void> {
  const ref = classRef(class_name);
  const calendar = await terms.calendar();
  await commit(table, async () => {
    if (await classes.programme(ref, year.id)) return {};
    const books = await classes.books(ref, calendar.leavesOf(year));
    return { writes: classes.teach({ ref, class_name, year: year.id }, undefined, Programme.parse(sent), books) };
  });
}

const settle = (id: number, name: string, class_name: string) =>
  commit(table, async () => ({ writes: await students.open({ id, name, class_name }, await students.find(id)) }));

async function loadAssessment(one: (typeof ASSESSMENTS)[number]): Promise<void> {
  const { class_name, term, at: _at, results: scores, ...rest } = one;
  const book = { ref: classRef(class_name), term: term.id };
  await commit(table, async () => {
    const calendar = await terms.calendar();
    if (await assessments.exists(idOf(one))) return {};
    const { head, programme } = await classes.openedBook(book, term, calendar);
    const drawn = assessments.draft({ class_name, ...rest }, programmeOr(programme).scale, head);
    return { writes: assessments.insert(book, class_name, head, { ...drawn, id: idOf(one) }) };
  });
  await commit(table, async () => {
    const found = await assessments.find(idOf(one));
    if (found.assessment.gen > 0) return {};
    const entering = Object.entries(scores).map(([id, outcome]) => ({
      studentId: Number(id),
      sent: typeof outcome === 'number' ? { score: outcome } : { status: outcome },
      before: undefined,
    }));
    return { writes: results.enter(entering, found, 'prof') };
  });
}

/** Last year: a class of its own, one composition, and the term is closed. */
async function loadLastYear(): Promise<void> {
  await loadProgramme(LAST_CLASS, LAST_PROGRAMME, LAST_YEAR);
  const ofS1 = DEMO_STUDENTS.filter(([id]) => id < 9);
  for (const [id, name] of ofS1) await settle(id, name, LAST_CLASS);
  for (const one of ASSESSMENTS.filter(({ term }) => term === LAST_TERM)) await loadAssessment(one);
  const turn = { open: false, by: 'admin', at: '2026-08-01T08:00:00.000Z' };
  await closeLeaf(LAST_TERM, turn);
}

/** This year: two classes, somebody who began it in the other one, marks and assessments. */
async function loadThisYear(): Promise<void> {
  for (const [class_name, programme] of Object.entries(PROGRAMMES))
    await loadProgramme(class_name, programme, THIS_YEAR);
  for (const [id, name, class_name] of DEMO_STUDENTS)
    await settle(id, name, id === CHANGED_CLASS ? 'Terminale S1' : class_name);
  for (const one of ASSESSMENTS.filter(({ term }) => term !== LAST_TERM)) await loadAssessment(one);
  for (const [id, name, class_name, grades] of DEMO_STUDENTS) {
    await settle(id, name, class_name);
    for (const [n, grade] of grades.entries()) await enter(id, demoMark(grade, n));
  }
}

/**
 * The demo marks of a local start. The spaces are opened here, since the messages about these students are read only
 * once the start is over; what they tell then replaces the names. Loaded once: a mark that was taken away stays away.
 */
export async function loadDemo(): Promise<void> {
  if (await table.get(LOADED)) return;
  await loadTerms();
  // A start that crashed after last year was closed goes on with this one.
  const last = (await terms.calendar()).find(LAST_TERM.id);
  if (last?.state === 'open') await loadLastYear();
  await loadCards();
  await loadThisYear();
  await commit(table, () => ({ writes: [put(LOADED)] }));
}

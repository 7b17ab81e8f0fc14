import type { Student } from '../students/student.ts';
import { classWord, type Enrolment, type Outcome, openLine } from './enrolment.ts';
import type { Move, Passage, Rollover, Ruling } from './rollover.ts';

/** All that settles what becomes of the students of a year. */
export class Promotions {
  readonly #to: string;
  readonly #moves: ReadonlyMap<string, Move>;
  readonly #said: ReadonlyMap<number, Ruling>;
  readonly #decided: ReadonlyMap<number, Outcome>;

  /** @param decided what the councils decided, by the student's id */
  constructor({ to, moves, students }: Rollover, decided: ReadonlyMap<number, Outcome>) {
    this.#to = to;
    this.#moves = new Map(moves.map((move) => [classWord(move.class_name), move]));
    this.#said = new Map(students.map((ruling) => [ruling.id, ruling]));
    this.#decided = decided;
  }

  /** Whether a student is in the year that is left: the next one has not begun for them. */
  readonly isWaiting = ({ status, enrolments = [] }: Student): boolean =>
    status !== 'left' && (enrolments.at(-1)?.year ?? '') < this.#to;

  /** Whether the call is about a student: they are named, or their class moves. */
  isAbout(student: Student): boolean {
    const before = this.#before(student);
    return this.#said.has(student.id) || (before !== undefined && this.#moves.has(classWord(before.class_name)));
  }

  /** Those whom the call is about, and those of the year that is left whom it is not. */
  sorted(students: readonly Student[]): [about: Student[], others: Student[]] {
    const about = students.filter((student) => this.isAbout(student));
    return [about, students.filter((student) => !this.isAbout(student) && this.isWaiting(student))];
  }

  /** Whether a student who is named is to be in a class that nothing names. */
  lacksClass(student: Student): boolean {
    const { outcome, to, done } = this.passageOf(student);
    const move = this.#moves.get(classWord(this.#before(student)?.class_name ?? ''));
    return !done && outcome !== 'leaves' && to === undefined && move?.to !== null;
  }

  /** What becomes of a student whom the call is about. */
  passageOf(student: Student): Passage {
    const { id, name } = student;
    const class_name = this.#before(student)?.class_name;
    const known = { id, name, ...(class_name !== undefined && { class_name }) };
    if (student.status === 'left') return { ...known, ...outcomeOf(this.#before(student)), why: 'left', done: true };
    if (!this.isWaiting(student)) return { ...known, ...this.#passed(student), why: 'done', done: true };
    return { ...known, ...this.#settled(id, class_name), done: false };
  }

  /** The last stay before the year that comes. */
  #before({ enrolments = [] }: Student): Enrolment | undefined {
    return enrolments.findLast(({ year }) => year < this.#to);
  }

  #passed(student: Student) {
    const first = student.enrolments?.find(({ year }) => year >= this.#to);
    return { ...outcomeOf(this.#before(student)), ...(first && { to: first.class_name }) };
  }

  /** What was said of them comes first, then what the council decided, then where their class goes. */
  #settled(id: number, class_name: string | undefined): Pick<Passage, 'outcome' | 'to' | 'why'> {
    const ruling = this.#said.get(id);
    if (ruling) return { ...this.#become(ruling.outcome, class_name, ruling.class_name), why: 'said' };
    const decision = this.#decided.get(id);
    if (decision) return { ...this.#become(decision, class_name), why: 'decision' };
    const move = this.#moves.get(classWord(class_name ?? ''));
    return { ...this.#become(move?.to === null ? 'leaves' : 'promoted', class_name), why: 'move' };
  }

  // Whoever goes up from a class that ends there has finished, and goes.
  #become(outcome: Outcome, class_name: string | undefined, said?: string): Pick<Passage, 'outcome' | 'to'> {
    const next = said ?? (outcome === 'repeats' ? class_name : this.#moves.get(classWord(class_name ?? ''))?.to);
    return outcome === 'leaves' || next == null ? { outcome } : { outcome, to: next };
  }
}

const outcomeOf = (stay: Enrolment | undefined): Pick<Passage, 'outcome'> =>
  stay?.outcome === undefined ? {} : { outcome: stay.outcome };

/** The classes of those who are left where they are, with how many they are in each, by name. */
export function withoutMove(students: readonly Student[]): { class_name: string; students: number }[] {
  const names = students.flatMap(({ enrolments = [] }) => openLine(enrolments)?.class_name ?? []);
  const classes = Map.groupBy(names, classWord).values();
  return [...classes]
    .map((all) => ({ class_name: all[0] ?? '', students: all.length }))
    .toSorted((a, b) => a.class_name.localeCompare(b.class_name));
}

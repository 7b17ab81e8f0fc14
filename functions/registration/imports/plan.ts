import { Problem } from '../../../platform/base/problem.ts';
import { currentScope } from '../../../platform/base/scope.ts';
import type { Write } from '../../../platform/data/write.ts';
import type { OutgoingEvent } from '../../../platform/events/outgoing-event.ts';
import { parse } from '../../../platform/schema/input.ts';
import { studentChanged, studentMarked } from '../events.ts';
import { problem } from '../problems.ts';
import type { Calendar } from '../school/school-store.ts';
import { amended } from '../students/amendments.ts';
import { namesOf } from '../students/names.ts';
import { Amendment, Registration, type Student } from '../students/student.ts';
import { recordOf } from '../students/student-index.ts';
import * as students from '../students/student-store.ts';
import { enrolled, unassigned } from '../year/stays.ts';
import { FIELDS, type Field } from './columns.ts';
import { Holders, KEYS, type Keyed, keysIn, placesOf } from './holders.ts';
import { agrees, meanOf } from './marks.ts';
import type { RowError } from './report.ts';
import { isSamePerson } from './same-person.ts';
import type { Fault, ReadRow } from './values.ts';

/** What a row changes. */
export interface RowChange {
  readonly outcome: 'accepted';
  readonly before: Student | undefined;
  readonly after: Student;
  readonly writes: readonly Write[];
  readonly events: readonly OutgoingEvent[];
}

/** What becomes of a row. */
export type Outcome =
  | RowChange
  | { readonly outcome: 'unchanged' }
  /** It stands already, by the same run: whoever was cut off before writing that down. */
  | { readonly outcome: 'stands' }
  | { readonly outcome: 'rejected'; readonly errors: readonly RowError[] };

/** A row with what becomes of it. */
export interface Planned {
  readonly read: ReadRow;
  readonly warnings: readonly RowError[];
  readonly outcome: Outcome;
}

/** In which run rows are imported. */
export interface Run {
  readonly calendar: Calendar;
  readonly by: string;
  /** Of a run that may be cut off: what it is known by. */
  readonly id?: string | undefined;
}

const say = (row: number, { field, code, text }: Fault): RowError => ({
  row,
  field,
  code,
  detail: text[currentScope()?.language ?? 'fr'],
});

const fieldAt = (pointer: string | undefined): Field | null =>
  FIELDS.find((field) => field === pointer?.split('/')[1]) ?? null;

/** What a refusal says of a row. @throws what is none, and what would pass by itself */
export function errorsOf(row: number, error: unknown): RowError[] {
  if (!(error instanceof Problem) || error.kind.status >= 500) throw error;
  if (error.errors)
    return error.errors.map(({ pointer, code, detail }) => ({ row, field: fieldAt(pointer), code, detail }));
  const field = KEYS.find((key) => error.code === `${key}_taken`) ?? null;
  return [say(row, { field, code: error.code, text: error.detail })];
}

/** What a row says, as a registration or an amendment takes it. */
function bodyOf({ said }: ReadRow): Record<string, string> {
  const { name, first_name, last_name } = said;
  const whole = name ?? [first_name, last_name].filter(Boolean).join(' ');
  return { ...said, ...(whole && { name: whole }) };
}

const TAKEN = { matricule: problem.matricule_taken, phone: problem.phone_taken, email: problem.email_taken } as const;

/** What makes a new student of a row, under an id. @throws invalid_input */
function drafted(read: ReadRow, run: Run, id: number): Student {
  const body = parse(Registration, bodyOf(read), 'body');
  const standing = body.class_name === undefined ? unassigned : enrolled(body.class_name, run.calendar);
  return students.drafted({ ...body, ...namesOf(body), ...standing } as Parameters<typeof students.drafted>[0], id);
}

/** What a row makes of a student who is there. @throws invalid_input, too_many_stays */
function changed(read: ReadRow, before: Student, { calendar }: Run): Student {
  const { name, ...body } = bodyOf(read);
  const { first_name, last_name } = read.said;
  const isWhole = read.said.name !== undefined && first_name === undefined && last_name === undefined;
  const patch = parse(Amendment, isWhole ? { ...body, name } : body, 'body');
  return amended(before, patch, calendar);
}

/** The student with the marks that came along, which are told only where they are others than last time. */
const withMarks = (student: Student, { marks }: ReadRow): Student =>
  marks === undefined || marks.length === 0 ? student : { ...student, imported_marks: marks, notified: true };

const isAsItWas = (before: Student, after: Student): boolean =>
  JSON.stringify(recordOf({ ...before, version: 0 })) === JSON.stringify(recordOf({ ...after, version: 0 }));

const sameMarks = (one: Student | undefined, other: Student): boolean =>
  JSON.stringify(one?.imported_marks) === JSON.stringify(other.imported_marks);

/** What is written and told of a row. */
function changeOf(before: Student | undefined, student: Student, read: ReadRow, run: Run): RowChange {
  const after = run.id === undefined ? student : { ...student, imported_by: stampOf(run.id, read) };
  const brings = after.imported_marks !== undefined && !sameMarks(before, after);
  return {
    outcome: 'accepted',
    before,
    after,
    writes: before ? students.replace(before, after) : students.insert(after),
    events: brings ? [studentMarked(after, after.imported_marks ?? [], run.by)] : before ? studentChanged(after) : [],
  };
}

/** By what a student is known to be the work of a row. */
const stampOf = (run: string, { row }: ReadRow): string => `${run}#${row}`;

/** What was noticed of a row that is imported all the same. */
function warningsOf({ row, marks, average }: ReadRow): RowError[] {
  if (average === undefined || marks === undefined || agrees(average, marks)) return [];
  const mean = meanOf(marks) ?? 0;
  const text = {
    fr: `Le fichier dit ${average}, ses notes font ${mean} ; la moyenne se calcule toujours`,
    en: `The file says ${average}, its marks come to ${mean}; an average is always computed`,
  };
  return [say(row, { field: 'average', code: 'average_differs', text })];
}

const REPEATED = (first: number) => ({
  fr: `La ligne ${first} est déjà celle de cet élève, et dit autre chose`,
  en: `Row ${first} is this student’s already, and says something else`,
});

const OTHER_PERSON = {
  fr: 'Ce numéro ou cette adresse est d’un élève d’un autre nom ; ajoutez son matricule s’il s’agit de lui',
  en: 'This number or address is that of a student of another name; add the matricule if this is them',
};

/** Plans rows in their order, each as it will be once those before it are imported. It writes nothing. */
export class Planner {
  readonly #run: Run;
  readonly #holders = new Holders();
  /** Of what a row is known by: in which row it stands, and all that this says. */
  readonly #seen = new Map<string, { readonly row: number; readonly says: string }>();

  constructor(run: Run) {
    this.#run = run;
  }

  /** Plans some rows. @param reserve gives the first of so many ids that nobody has */
  async plan(rows: readonly ReadRow[], reserve: (count: number) => Promise<number>): Promise<Planned[]> {
    const keyed = rows.map((read) => [read, keysIn(read.said)] as const);
    await this.#holders.look(keyed.map(([, keys]) => keys));
    const unknown = keyed.filter(([, keys]) => !this.#holders.match(keys)).length;
    let next = unknown > 0 ? await reserve(unknown) : 0;
    const newId = () => next++;
    return keyed.map(([read, keys]) => {
      const outcome = this.#outcome(read, keys, newId);
      return { read, outcome, warnings: outcome.outcome === 'rejected' ? [] : warningsOf(read) };
    });
  }

  /** Takes a row for imported: another invocation imported it. */
  pass(read: ReadRow): void {
    this.#see(read, keysIn(read.said));
  }

  /** What was planned is written, or was not to be: the table is read anew. */
  forget(): void {
    this.#holders.forget();
  }

  #see(read: ReadRow, keys: Keyed): void {
    const says = saysOf(read);
    for (const place of placesOf(keys)) if (!this.#seen.has(place)) this.#seen.set(place, { row: read.row, says });
  }

  #outcome(read: ReadRow, keys: Keyed, newId: () => number): Outcome {
    const faults = read.faults.map((fault) => say(read.row, fault));
    try {
      const earlier = placesOf(keys).flatMap((place) => this.#seen.get(place) ?? [])[0];
      if (earlier && earlier.row !== read.row) {
        if (earlier.says === saysOf(read)) return { outcome: 'unchanged' };
        const repeated = say(read.row, { field: null, code: 'repeated_in_file', text: REPEATED(earlier.row) });
        return { outcome: 'rejected', errors: [...faults, repeated] };
      }
      const outcome = this.#change(read, keys, newId);
      if (faults.length > 0) return { outcome: 'rejected', errors: faults };
      this.#see(read, keys);
      if (outcome.outcome === 'accepted') this.#holders.note(outcome.before, outcome.after);
      return outcome;
    } catch (error) {
      return { outcome: 'rejected', errors: [...faults, ...errorsOf(read.row, error)] };
    }
  }

  #change(read: ReadRow, keys: Keyed, newId: () => number): Outcome {
    const match = this.#holders.match(keys);
    const before = match?.student;
    if (before && this.#run.id !== undefined && before.imported_by === stampOf(this.#run.id, read))
      return { outcome: 'stands' };
    const student = withMarks(before ? changed(read, before, this.#run) : drafted(read, this.#run, 0), read);
    if (before && match.by !== 'matricule' && !isSamePerson(before, student))
      return {
        outcome: 'rejected',
        errors: [say(read.row, { field: match.by, code: 'another_student', text: OTHER_PERSON })],
      };
    this.#mustBeFree(student, before);
    if (before && isAsItWas(before, student)) return { outcome: 'unchanged' };
    return changeOf(before, before ? student : { ...student, id: newId() }, read, this.#run);
  }

  /** @throws matricule_taken, phone_taken, email_taken */
  #mustBeFree(student: Student, before: Student | undefined): void {
    for (const name of KEYS) {
      const holder = this.#holders.holder(name, student[name]);
      if (holder && holder.id !== before?.id) throw TAKEN[name]();
    }
  }
}

const saysOf = ({ said, marks }: ReadRow): string => JSON.stringify([said, marks]);

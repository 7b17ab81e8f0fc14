import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../platform/http/canonical.ts';
import type { SubjectLine } from '../averages/card.ts';
import { type Book, cardIn } from '../classes/book.ts';
import { nameKey, type Programme, programmeOr, shownBy, subjectOf } from '../classes/programme.ts';
import { remarkIn, type Said } from '../council/council-store.ts';
import { WORDS, type Words } from '../council/sheet.ts';
import {
  generalIn,
  labelsOf,
  type Shown,
  type SubjectReport,
  scaleIn,
  subjectsOf,
  toFamily,
} from '../figures/report.ts';
import type { ClassFigures } from '../figures/standings.ts';
import { decimal } from '../marks/decimal.ts';
import type { School } from '../school.ts';
import type { Student } from '../students/student.ts';
import type { Calendar, Term } from '../terms/term.ts';
import type { CardContent, CardStudent, CardSubject, Column, Digests } from './card.ts';
import type { People } from './people.ts';

/** The figures of a class in a term, with every book that a card of it shows something of. */
export interface ClassCards {
  readonly figures: ClassFigures;
  readonly class_name: string;
  readonly calendar: Calendar;
  /** Those of the term, and of the earlier leaves that stand beside it. */
  readonly books: readonly Book[];
  /** Those that stand beside it. */
  readonly beside: readonly Term[];
  readonly school: School;
  /** What teachers are called, where somebody asked. */
  readonly people?: People;
}

const sha256 = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');

const part = <T extends object, K extends keyof T>(whole: T, ...names: readonly K[]): Pick<T, K> =>
  Object.fromEntries(names.flatMap((name) => (whole[name] === undefined ? [] : [[name, whole[name]]]))) as Pick<T, K>;

/** Who a student is, as a card prints it. */
export const printedStudent = (student: Student): CardStudent => ({
  id: student.student_id,
  name: student.name,
  ...part(student, 'matricule', 'birth_date', 'birth_place'),
});

/** A digest of who a student is. */
export const studentDigest = (student: Student): string => sha256(printedStudent(student));

type Figured = Omit<CardSubject, 'teachers' | 'remark' | 'parts'> & { readonly parts: readonly Figured[] };

/** A subject with who teaches it and what they say. */
function spoken(line: Figured, programme: Programme | undefined, said: Said | undefined): CardSubject {
  const remark = line.name === undefined ? undefined : remarkIn(said, line.name);
  return {
    ...line,
    teachers: programme ? [...(subjectOf(programme, line.name)?.teachers ?? [])] : [],
    ...(remark?.text !== undefined && { remark: { text: remark.text, author: remark.author } }),
    parts: line.parts.map((one) => spoken(one, programme, said)),
  };
}

/** The subjects that a student takes, without a figure: of a divided term, which has figures by term only. */
function taughtTo(programme: Programme | undefined, id: number): Figured[] {
  const taken = programmeOr(programme).subjects.filter(({ students }) => !students || students.includes(id));
  const below = (parent: string | undefined): Figured[] =>
    taken
      .filter((one) => (parent === undefined ? one.parent === undefined : one.parent && nameKey(one.parent) === parent))
      .map(({ name, coefficient, counts = 'always' }) => ({
        ...{ name, coefficient, counts, categories: [], parts: below(nameKey(name)) },
      }));
  return below(undefined);
}

/** The subjects and the general figure of a student in a leaf, from the book where they were then. */
function columnOf({ id, name, weight }: Term, book: Book | undefined, studentId: number, shown: Shown): Column {
  const column = { id: id as string, name, weight, subjects: [] };
  if (!book?.head) return column;
  const { subjects, general } = cardIn(book, studentId, shown.view);
  const labels = labelsOf(book, studentId, shown.view);
  const line = (one: SubjectLine) => ({
    ...(one.name !== undefined && { name: labels.get(one.name) ?? one.name }),
    ...(one.figure !== undefined && { figure: decimal(one.figure) }),
  });
  return {
    ...column,
    ...(shown.general && general !== undefined && { general: decimal(general) }),
    subjects: subjects.map(line),
  };
}

function columnsOf({ figures, books, beside, calendar }: ClassCards, id: number, shown: Shown): Column[] {
  const was = figures.book.members[id]?.was;
  const bookIn = (leaf: Term) =>
    books.find(({ term, ref }) => term === leaf.id && ref === (was?.[leaf.id] ?? figures.ref));
  return beside.map((term) => {
    if (calendar.childrenOf(term.id).length === 0) return columnOf(term, bookIn(term), id, shown);
    const general = shown.general ? figures.generalBelow(term, id) : undefined;
    const { name, weight } = term;
    return { id: term.id, name, weight, ...(general !== undefined && { general: decimal(general) }), subjects: [] };
  });
}

/** Those of a card among them: its head teacher, and who teaches its subjects. */
function peopleOn(subjects: readonly CardSubject[], head: string | undefined, people: People): People {
  const teaching = (lines: readonly CardSubject[]): string[] =>
    lines.flatMap(({ teachers, parts }) => [...teachers, ...teaching(parts)]);
  const named = new Set([...teaching(subjects), ...(head === undefined ? [] : [head])]);
  return Object.fromEntries(Object.entries(people).filter(([username]) => named.has(username)));
}

/** What the council said, as far as it said it. */
const wordsIn = (said: Said | undefined): Words => (said?.sheet ? part(said.sheet, ...WORDS) : {});

/** What the card of a student prints, and digests of it: the same for the staff and for families. */
export function contentOf(cards: ClassCards, student: Student, said: Said | undefined, view: Shown['view']) {
  const { figures, calendar, school, class_name } = cards;
  const { programme, term } = figures;
  const { student_id: id } = student;
  const shown = toFamily(programme, view);
  const isDivided = calendar.childrenOf(term.id).length > 0;
  const subjects: readonly Figured[] = isDivided
    ? taughtTo(programme, id)
    : (subjectsOf(figures, id, shown) as readonly SubjectReport[] as readonly Figured[]);
  const year = calendar.yearOf(term);
  const rest = {
    term: { ...part(term, 'id', 'name', 'starts_on', 'ends_on') },
    year: { id: year.id as string, name: year.name },
    ...scaleIn(programme),
    ...(programme?.head_teacher !== undefined && { head_teacher: programme.head_teacher }),
    terms: columnsOf(cards, id, shown),
    ...generalIn(figures, id, shown),
    show: shownBy(programmeOr(programme)),
  };
  const printed = printedStudent(student);
  const lines = subjects.map((line) => spoken(line, programme, said));
  const people = peopleOn(lines, programme?.head_teacher, cards.people ?? {});
  const content: CardContent = {
    ...rest,
    school: part(school, 'name', 'address', 'phone', 'code', 'motto', 'head_name', 'country'),
    student: printed,
    class_name,
    subjects: lines,
    ...(Object.keys(people).length > 0 && { people }),
    council: wordsIn(said),
  };
  // How a class is written, the letterhead, and what teachers are called may change without any card being wrong.
  const { school: _school, class_name: _name, people: _people, ...compared } = content;
  const wordless = subjects.map((line) => spoken(line, programme, undefined));
  const digests: Digests = {
    printed: sha256({ ...compared, ref: figures.ref }),
    figures: sha256({ ...rest, student: printed, subjects: wordless, ref: figures.ref }),
    student: sha256(printed),
  };
  return { content, digests, sha256: sha256(content) };
}

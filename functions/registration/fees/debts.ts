import * as z from 'zod';
import type { Page, Paging } from '../../../platform/data/table.ts';
import { Filters, type Student } from '../students/student.ts';
import { owedBy, owingBy, passes, searchFor } from '../students/student-index.ts';
import { table } from '../table.ts';
import { currencyOf, dueBy } from './books.ts';

/** What is read at once for a page whose class has few who owe. */
const CHUNK = 100;

/** `GET /fees/due`. */
export const DebtQuery = Filters.pick({ class_name: true }).extend({ on: z.iso.date().optional() });

/** What a student owes on a day. */
export const Debt = z.object({
  student_id: z.int(),
  name: z.string(),
  class_name: z.string().optional(),
  /** What is due by the day and not covered. */
  due: z.int(),
  /** The day since which they owe. */
  since: z.iso.date(),
  /** What is owed in all, what is due later included. */
  balance: z.int(),
  currency: z.string(),
});

/** What a student owes on a day; undefined where they owe nothing by then. */
function debtOf(student: Student, day: string): z.input<typeof Debt> | undefined {
  const owed = owedBy(student);
  const due = dueBy(day, owed);
  const [oldest] = owed;
  if (!oldest || due === 0) return undefined;
  const { id: student_id, name, class_name, balance = due } = student;
  return { student_id, name, class_name, due, since: oldest.due_on, balance, currency: currencyOf(student) };
}

/**
 * A page of those of whom something is due by a day: of a class by name, which reads the class; else of the whole school,
 * the longest due first, which reads nobody else. A moment behind the ledgers, as an index is.
 * @param className folded
 */
export function list(className: string | undefined, day: string, paging: Paging): Promise<Page<z.input<typeof Debt>>> {
  const filters = { class_name: className };
  const search = className === undefined ? owingBy(day) : searchFor(filters);
  const shown = (students: readonly Student[]) =>
    students.map((student) => (passes(student, filters) ? debtOf(student, day) : undefined));
  return table.sift({ ...search, ...paging }, shown, CHUNK);
}

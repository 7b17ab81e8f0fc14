import { problem as common } from '../../../platform/base/problems.ts';
import { allow } from '../../../platform/http/access.ts';
import { operation } from '../../../platform/http/operation.ts';
import { SheetQuery, sheetFile, sheetOf } from '../../../platform/http/sheet-file.ts';
import * as schools from '../school/school-store.ts';
import { Filters, StudentView } from './student.ts';
import { studentSheet } from './student-sheet.ts';
import * as students from './student-store.ts';

export const exportStudents = operation({
  route: 'GET /students/export',
  summary: 'Students as a file',
  description:
    'The list as `GET /students` filters and orders it, whole. Headers are in the caller’s language. In CSV a single quote stands before text that a spreadsheet might take for a formula; the import takes it off again.',
  access: allow('admin', 'teacher'),
  query: Filters.extend(SheetQuery.shape),
  answers: { 200: sheetOf(StudentView) },
  problems: [common.list_too_long, common.printing_unavailable],
  handle: async ({ query }) => sheetFile(studentSheet, students.batches(query), query, schools.find),
});

import { problem as common } from '../../../platform/base/problems.ts';
import type { Sheet } from '../../../platform/files/sheet.ts';
import { allow } from '../../../platform/http/access.ts';
import { operation } from '../../../platform/http/operation.ts';
import { SheetQuery, sheetFile, sheetOf } from '../../../platform/http/sheet-file.ts';
import { problem } from '../problems.ts';
import { school } from '../school-store.ts';
import { Average, Averages, averages } from './list-averages.ts';

/** Students by average, as a table. */
const averageSheet: Sheet<Average> = {
  title: { fr: 'Moyennes', en: 'Averages' },
  shown: (average) => Average.parse(average),
  columns: [
    { header: { fr: 'Id', en: 'Id' }, width: 8, of: ({ student_id }) => student_id },
    { header: { fr: 'Nom complet', en: 'Full name' }, width: 28, of: ({ name }) => name },
    { header: { fr: 'Classe', en: 'Class' }, width: 14, of: ({ class_name }) => class_name },
    { header: { fr: 'Moyenne', en: 'Average' }, width: 10, of: ({ average }) => average ?? undefined },
    { header: { fr: 'Sur', en: 'Out of' }, width: 8, of: ({ scale }) => scale },
  ],
};

export const exportAverages = operation({
  route: 'GET /grades/export',
  summary: 'Students by average, as a file',
  description:
    'The list as `GET /grades` filters and orders it, whole. Headers are in the caller’s language; who has no average yet has an empty one.',
  access: allow('admin', 'teacher'),
  query: Averages.extend(SheetQuery.shape),
  answers: { 200: sheetOf(Average) },
  problems: [
    problem.class_not_found,
    problem.term_not_found,
    problem.term_is_divided,
    common.list_too_long,
    common.printing_unavailable,
  ],
  handle: async ({ query, caller }) => sheetFile(averageSheet, averages(query, caller), query, school),
});

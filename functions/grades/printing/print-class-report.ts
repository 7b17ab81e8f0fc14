import { problem as common } from '../../../platform/base/problems.ts';
import { allow } from '../../../platform/http/access.ts';
import { operation } from '../../../platform/http/operation.ts';
import { Pdf, PrintQuery, pdf, printLanguage } from '../../../platform/http/pdf.ts';
import { print } from '../../../platform/pdf/printer.ts';
import { ClassPath } from '../classes/class.ts';
import { problem } from '../problems.ts';
import { TermId } from '../terms/term.ts';
import { classReport } from './class-report.ts';
import { REPORT_LAYOUT } from './report-layout.ts';
import { reportPage } from './report-page.ts';
import { wordsIn } from './words.ts';

export const printClassReport = operation({
  route: 'GET /classes/{class_name}/report.pdf',
  summary: 'The report of a class as PDF',
  description:
    'PDF/UA-1: the statistics of the class in a term with their histogram, by subject, and the ranking. The open term, unless said. To a teacher, with the statistics of their own subjects.',
  access: allow('admin', 'teacher'),
  path: ClassPath,
  query: PrintQuery.extend({ term: TermId.optional() }),
  answers: { 200: Pdf },
  problems: [problem.class_not_found, problem.term_not_found, common.printing_unavailable],
  async handle({ path, query, caller }) {
    const report = await classReport(path.class_name, query.term, caller);
    const language = printLanguage(query);
    const title = `${wordsIn(language).report} ${report.class_name} – ${report.term.name}`;
    const data = reportPage(report, language);
    return pdf(await print({ layout: REPORT_LAYOUT, title, language, logo: report.school.logo, data }), title);
  },
});

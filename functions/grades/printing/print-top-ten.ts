import { problem as common } from '../../../platform/base/problems.ts';
import { allow } from '../../../platform/http/access.ts';
import { operation } from '../../../platform/http/operation.ts';
import { Pdf, PrintQuery, pdf, printLanguage } from '../../../platform/http/pdf.ts';
import { print } from '../../../platform/pdf/printer.ts';
import { problem } from '../problems.ts';
import { bestOf, TopQuery } from '../rankings/top-ten.ts';
import { school } from '../school-store.ts';
import * as terms from '../terms/term-store.ts';
import { yearOf } from './class-report.ts';
import { TOP_LAYOUT } from './report-layout.ts';
import { topPage } from './report-page.ts';
import { wordsIn } from './words.ts';

export const printTopTen = operation({
  route: 'GET /rankings/top10.pdf',
  summary: 'The ten best students as PDF',
  description: 'PDF/UA-1, to be hung up: of a class in any term, or of all classes in one that holds marks.',
  access: allow('admin', 'teacher'),
  query: PrintQuery.extend(TopQuery.shape),
  answers: { 200: Pdf },
  problems: [problem.class_not_found, problem.term_not_found, problem.term_is_divided, common.printing_unavailable],
  async handle({ query, caller }) {
    const [calendar, letterhead] = await Promise.all([terms.calendar(), school()]);
    const { term, value: places } = await bestOf(query, calendar, caller);
    const language = printLanguage(query);
    const [class_name] = query.class_name === undefined ? [] : [places[0]?.class_name ?? query.class_name];
    const best = { school: letterhead, class_name, term, year: yearOf(term, calendar), places, on: terms.today() };
    const title = [wordsIn(language).best, ...(class_name === undefined ? [] : [class_name]), term.name].join(' – ');
    const data = topPage(best, language);
    return pdf(await print({ layout: TOP_LAYOUT, title, language, logo: letterhead.logo, data }), title);
  },
});

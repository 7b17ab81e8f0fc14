import { problem as common } from '../../../platform/base/problems.ts';
import { allow } from '../../../platform/http/access.ts';
import { operation } from '../../../platform/http/operation.ts';
import { Pdf, PrintQuery, pdf, printLanguage } from '../../../platform/http/pdf.ts';
import { ClassPath } from '../classes/class.ts';
import { councilOf, idsOf, mustHead } from '../council/council.ts';
import { problem } from '../problems.ts';
import type { Card } from '../report-cards/card.ts';
import * as cards from '../report-cards/card-store.ts';
import { school } from '../school-store.ts';
import { TermId } from '../terms/term.ts';
import { printCards } from './printed-card.ts';
import { wordsIn } from './words.ts';

const byName = (a: Card, b: Card): number =>
  a.content.student.name.localeCompare(b.content.student.name, 'fr') || a.student_id - b.student_id;

export const printClassCards = operation({
  route: 'GET /classes/{class_name}/report-cards.pdf',
  summary: 'The published report cards of a class in one PDF',
  description:
    'PDF/UA-1, by name: of each member of the class in the term, the version that stands. Who has no card is left out.',
  access: allow('admin', 'teacher'),
  path: ClassPath,
  query: PrintQuery.extend({ term: TermId }),
  answers: { 200: Pdf },
  problems: [
    problem.class_not_found,
    problem.term_not_found,
    problem.not_head_teacher,
    problem.report_card_not_found,
    common.printing_unavailable,
  ],
  async handle({ path, query, caller }) {
    const council = await councilOf(path.class_name, query.term);
    mustHead(council, caller);
    const { term, class_name } = council;
    const [standing, letterhead] = await Promise.all([cards.standingOf(idsOf(council), term.id), school()]);
    if (standing.length === 0) throw problem.report_card_not_found();
    const language = printLanguage(query);
    const title = `${wordsIn(language).cards} ${class_name} – ${term.name}`;
    return pdf(await printCards(standing.toSorted(byName), title, letterhead, language), title);
  },
});

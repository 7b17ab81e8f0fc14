import { problem as common } from '../../../platform/base/problems.ts';
import { allow } from '../../../platform/http/access.ts';
import { operation } from '../../../platform/http/operation.ts';
import { Pdf, PrintQuery, pdf, printLanguage } from '../../../platform/http/pdf.ts';
import { IntegerId } from '../../../platform/schema/identifiers.ts';
import { problem } from '../problems.ts';
import { cardOf } from '../report-cards/chosen.ts';
import { readingOf, studentFor } from '../report-cards/reading.ts';
import { school } from '../school-store.ts';
import { StudentPath } from '../students/student.ts';
import { TermId } from '../terms/term.ts';
import * as terms from '../terms/term-store.ts';
import { keptCard } from './kept-card.ts';
import { wordsIn } from './words.ts';

export const printCard = operation({
  route: 'GET /grades/{student_id}/report-card.pdf',
  summary: 'A published report card as PDF',
  description:
    'PDF/UA-1. Of the term of which a card was published last, and the version that stands, unless said. To teachers, those of the classes that they head. `lang` is the language of its words; what people wrote stays as they wrote it.',
  access: allow('admin', 'teacher', 'owner', 'guardian'),
  path: StudentPath,
  query: PrintQuery.extend({ term: TermId.optional(), version: IntegerId.optional() }),
  answers: { 200: Pdf },
  problems: [problem.student_not_found, problem.report_card_not_found, common.printing_unavailable],
  async handle({ path, query, caller }) {
    const [student, calendar] = await Promise.all([studentFor(path.student_id, caller), terms.calendar()]);
    const { isTheirs, known } = await readingOf(student, caller, calendar);
    if (!known) throw problem.student_not_found();
    const card = await cardOf(path.student_id, query.term, query.version);
    if (!isTheirs(card)) throw problem.report_card_not_found();
    const language = printLanguage(query);
    const { student: printed, term } = card.content;
    const name = `${wordsIn(language).card} ${printed.name} ${term.name}`;
    return pdf(await keptCard(card, await school(), language), name);
  },
});

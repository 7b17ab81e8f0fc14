import { missing } from '../kit/api.ts';
import { withQuery } from '../kit/page.ts';
import type { Visit } from '../kit/visit.ts';
import { filePage, PDF, type Source } from './file-page.ts';

/** What an address names: ids and terms as the services write them. @throws Refusal 404 for any other */
function named(text: string | null | undefined, shape: RegExp): string {
  if (!text || !shape.test(text)) throw missing();
  return text;
}

const NUMBER = /^[1-9]\d{0,14}$/;
const ID = /^[\w-]{1,64}$/;

const pdf = (path: string): Source => ({ path, type: PDF });

const classPath = ({ variables }: Visit): string => `/classes/${encodeURIComponent(variables.class ?? '')}`;

const termOf = ({ query }: Visit): string | undefined => (query.has('term') ? named(query.get('term'), ID) : undefined);

function card(visit: Visit): Source {
  const [student, version] = [visit.variables.student, visit.variables.version].map((text) => named(text, NUMBER));
  return pdf(withQuery(`/grades/${student}/report-card.pdf`, { term: termOf(visit), version }));
}

const classCards = (visit: Visit): Source =>
  pdf(withQuery(`${classPath(visit)}/report-cards.pdf`, { term: named(visit.query.get('term'), ID) }));

const classReport = (visit: Visit): Source => pdf(withQuery(`${classPath(visit)}/report.pdf`, { term: termOf(visit) }));

const topTen = (visit: Visit): Source =>
  pdf(withQuery('/rankings/top10.pdf', { class_name: visit.variables.class, term: termOf(visit) }));

function receipt({ variables }: Visit): Source {
  const [id, payment] = [named(variables.id, NUMBER), named(variables.payment, ID)];
  return pdf(`/students/${id}/payments/${payment}/receipt.pdf`);
}

/** The address of the top ten of the whole school as PDF. */
export const SCHOOL_TOP_TEN = '/portal/files/top-ten';

/** What is made for paper. */
export const papers = [
  filePage('/portal/files/report-cards/{student}/{version}', card),
  filePage('/portal/files/classes/{class}/report-cards', classCards),
  filePage('/portal/files/classes/{class}/report', classReport),
  filePage('/portal/files/classes/{class}/top-ten', topTen),
  filePage(SCHOOL_TOP_TEN, topTen),
  filePage('/portal/files/students/{id}/payments/{payment}/receipt', receipt),
];

/** The address of a published report card as PDF. */
export const cardFile = (studentId: number, { term, version }: { readonly term: string; readonly version: number }) =>
  withQuery(`/portal/files/report-cards/${studentId}/${version}`, { term });

/** The address of a paper of a class in a term: all its cards, its report, its top ten. */
export const classFile = (className: string, what: 'report-cards' | 'report' | 'top-ten', term: string | undefined) =>
  withQuery(`/portal/files/classes/${encodeURIComponent(className)}/${what}`, { term });

/** The address of the receipt of a payment as PDF. */
export const receiptFile = (studentId: number | string, paymentId: string): string =>
  `/portal/files/students/${studentId}/payments/${paymentId}/receipt`;

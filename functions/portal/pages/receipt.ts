import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { pdfLink } from '../files/link.ts';
import { receiptFile } from '../files/papers.ts';
import { missing } from '../kit/api.ts';
import { methodName } from '../kit/card.ts';
import { page } from '../kit/page.ts';
import { sessionIn, type Visit } from '../kit/visit.ts';
import { day, money } from '../kit/write.ts';

const Receipt = z.object({
  number: z.string().optional(),
  student_id: z.int(),
  name: z.string().optional(),
  class_name: z.string().optional(),
  amount: z.int(),
  currency: z.string(),
  method: z.string().optional(),
  reference: z.string().optional(),
  received_on: z.string().optional(),
  payer: z.string().optional(),
  recorded_by: z.string(),
  at: z.string(),
  reversed: z.object({ at: z.string(), reason: z.string() }).optional(),
});
type Receipt = z.output<typeof Receipt>;

const School = z.object({ name: z.string(), address: z.string().optional(), phone: z.string().optional() });
type School = z.output<typeof School>;

const WORDS = {
  title: { fr: 'Reçu', en: 'Receipt' },
  student: { fr: 'Élève', en: 'Student' },
  class: { fr: 'Classe', en: 'Class' },
  amount: { fr: 'Montant', en: 'Amount' },
  method: { fr: 'Moyen', en: 'Method' },
  reference: { fr: 'Référence', en: 'Reference' },
  received: { fr: 'Reçu le', en: 'Received on' },
  payer: { fr: 'Payé par', en: 'Paid by' },
  by: { fr: 'Enregistré par', en: 'Recorded by' },
  reversed: { fr: 'Ce paiement a été annulé', en: 'This payment was reversed' },
  back: { fr: 'Retour', en: 'Back' },
} satisfies Record<string, Localized>;

function facts(visit: Visit, receipt: Receipt): Html {
  const { name, student_id, amount, currency, method, reference, received_on, at, payer, recorded_by } = receipt;
  const lines = [
    [WORDS.student, [name, student_id].filter(Boolean).join(' · ')],
    [WORDS.class, receipt.class_name],
    [WORDS.amount, money(amount, currency, visit.language)],
    [WORDS.method, method && methodName(visit, method)],
    [WORDS.reference, reference],
    [WORDS.received, day(received_on ?? at, visit)],
    [WORDS.payer, payer],
    [WORDS.by, recorded_by],
  ] as const;
  return html`<dl class="facts">${lines.map(([word, value]) => value && html`<div><dt>${visit.say(word)}</dt><dd>${value}</dd></div>`)}</dl>`;
}

const letterhead = ({ name, address, phone }: School): Html =>
  html`<p><strong>${name}</strong><br>${[address, phone].filter(Boolean).join(' · ')}</p>`;

/** `/portal/students/{id}/payments/{payment}/receipt`: made for paper, for the office and for the family. */
export const receiptPage = page({
  path: '/portal/students/{id}/payments/{payment}/receipt',
  async get(visit) {
    const { id = '', payment = '' } = visit.variables;
    if (!/^[1-9]\d{0,14}$/.test(id) || !/^[\w-]{1,64}$/.test(payment)) throw missing();
    const [receipt, school] = await Promise.all([
      visit.api.get(`/students/${id}/payments/${payment}/receipt`, Receipt),
      visit.api.get('/school', School),
    ]);
    const { number, reversed } = receipt;
    const title = [visit.say(WORDS.title), number].filter(Boolean).join(' ');
    const back = sessionIn(visit).role === 'admin' ? `/portal/students/${id}/record` : '/portal/fees';
    return {
      title,
      body: html`<div class="narrow"><p class="actions"><a href="${visit.to(back)}">${visit.say(WORDS.back)}</a></p>
${letterhead(school)}<h1>${title}</h1>
${reversed && html`<p class="news warning">${visit.say(WORDS.reversed)} (${day(reversed.at, visit)})${visit.colon}${reversed.reason}</p>`}
${facts(visit, receipt)}<p class="actions screen">${pdfLink(visit, receiptFile(id, payment))}</p></div>`,
    };
  },
});

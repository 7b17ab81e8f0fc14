// Writes a sample of every kind of document into a folder, in French and in English, so that they can be looked at and
// be held against PDF/UA: node tests/printing/samples.ts <folder>
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printCards, printedCard } from '../../functions/grades/printing/printed-card.ts';
import { REPORT_LAYOUT, TOP_LAYOUT } from '../../functions/grades/printing/report-layout.ts';
import { reportPage, topPage } from '../../functions/grades/printing/report-page.ts';
import type { Card } from '../../functions/grades/report-cards/card.ts';
import { RECEIPT_LAYOUT } from '../../functions/registration/printing/receipt-layout.ts';
import { receiptPage } from '../../functions/registration/printing/receipt-page.ts';
import { keyPart } from '../../platform/base/key-part.ts';
import type { Language } from '../../platform/base/language.ts';
import { letterhead } from '../../platform/pdf/letterhead.ts';
import { printList } from '../../platform/pdf/list.ts';
import { print } from '../../platform/pdf/printer.ts';
import * as documents from '../support/documents.ts';

process.env.ENROLMENT_FEE_AMOUNT ??= '50000';
process.env.ENROLMENT_FEE_CURRENCY ??= 'XOF';

const { cardWith, columnAt, contentWith, LONG_NAME, LONG_REMARK, SUBJECTS, subjectAt } = documents;

/** A square of one grey pixel: any image will do for a logo. */
const LOGO =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';

const TERMS = [columnAt(1, '1er trimestre'), columnAt(2, '2e trimestre'), columnAt(3, '3e trimestre')];
const council = contentWith().council;

/** Cards of every kind that a school may hand out. */
export const CARDS: Readonly<Record<string, Card>> = {
  card: cardWith(),
  'card-long': cardWith({
    student: { id: 8, name: LONG_NAME },
    subjects: SUBJECTS.map((_, i) => subjectAt(i, { remark: { text: LONG_REMARK, author: 'm.diop' } })),
    council: { remark: LONG_REMARK, mention: 'Félicitations' },
  }),
  'card-without-marks': cardWith({
    subjects: SUBJECTS.slice(0, 5).map((_, i) => subjectAt(i, { figure: undefined, remark: undefined })),
    ...{ general: undefined, rank: null, council: {} },
  }),
  'card-correction': cardWith(
    {
      subjects: [
        subjectAt(0, {
          categories: [
            { name: 'Devoirs', figure: 12.5, weight: 1 },
            { name: 'Composition', figure: 11, weight: 2 },
          ],
          parts: [subjectAt(3, { name: 'Oral' }), subjectAt(4, { name: 'Écrit', counts: 'never' })],
        }),
        ...[subjectAt(1), subjectAt(2, { counts: 'bonus' })],
      ],
    },
    { version: 2, replaces: 1, reason: 'Erreur de report en mathématiques' },
  ),
  'card-last-of-year': cardWith({
    term: { id: 'term-3', name: '3e trimestre', starts_on: '2027-04-01', ends_on: '2027-06-30' },
    ...{ terms: TERMS.slice(0, 2), subjects: SUBJECTS.slice(0, 13).map((_, i) => subjectAt(i)) },
    council: { ...council, decision: 'promoted' },
  }),
  'card-of-year': cardWith({
    term: { id: 'year-1', name: '2026-2027' },
    ...{ terms: TERMS, subjects: SUBJECTS.map((_, i) => subjectAt(i, { figure: undefined, class: undefined })) },
    council: { ...council, decision: 'conditional' },
  }),
  'card-showing-little': cardWith({
    subjects: SUBJECTS.slice(0, 4).map((_, i) => subjectAt(i, { class: undefined })),
    ...{ rank: undefined, ranked: undefined, size: undefined, general: undefined, class: undefined },
    show: { rank: false, general: false, class_mean: false, extremes: false },
  }),
};

/** The cards of a class, each with an id of its own. */
export const classOf = (size: number): Card[] =>
  Array.from({ length: size }, (_, i) =>
    cardWith(
      { student: { id: i + 1, name: `Élève ${i + 1}` }, terms: TERMS.slice(0, 2) },
      { id: keyPart(`card-${i + 1}`), student_id: i + 1 },
    ),
  );

const receipt = (account: ReturnType<typeof documents.accountWith>, language: Language) => {
  const school = documents.schoolOf();
  const data = receiptPage(7, documents.PAYMENT, account, school, language);
  return print({ layout: RECEIPT_LAYOUT, data, title: `${data.kind} ${data.number}`, language, logo: LOGO });
};

const list = (language: Language) =>
  printList(
    {
      school: letterhead(documents.schoolOf(), language),
      ...{ title: 'Élèves', subtitle: '4e B', columns: [{ label: 'N°' }, { label: 'Nom', width: 4 }] },
      rows: documents.reportWith().members.map(({ name }, i) => [String(i + 1), name]),
    },
    language,
  );

const EMPTY = { subjects: [], members: [], statistics: { size: 0, count: 0, histogram: [] } };

/** Every kind of document, by name. */
export const samplesIn = (language: Language): Readonly<Record<string, () => Promise<Uint8Array>>> => {
  const report = (data: object) => print({ layout: REPORT_LAYOUT, data, title: 'Rapport', language, logo: LOGO });
  const top = (data: object) => print({ layout: TOP_LAYOUT, data, title: 'Tableau d’honneur', language });
  return {
    ...Object.fromEntries(
      Object.entries(CARDS).map(([name, card]) => [
        name,
        () => printedCard(card, documents.schoolOf({ logo: LOGO }), language),
      ]),
    ),
    'cards-of-a-class': () => printCards(classOf(45), 'Bulletins 4e B', documents.schoolOf(), language),
    'class-report': () => report(reportPage(documents.reportWith(), language)),
    'class-report-empty': () => report(reportPage(documents.reportWith(EMPTY), language)),
    'top-ten': () => top(topPage(documents.bestOfAll(), language)),
    'top-ten-empty': () => top(topPage(documents.bestOfAll({ places: [] }), language)),
    receipt: () => receipt(documents.accountWith(LONG_NAME), language),
    'receipt-void': () => receipt(documents.accountWith('Awa Diop', documents.REVERSAL), language),
    list: () => list(language),
  };
};

const [, , folder] = process.argv;
if (import.meta.main && folder) {
  mkdirSync(folder, { recursive: true });
  for (const language of ['fr', 'en'] as const)
    for (const [name, make] of Object.entries(samplesIn(language)))
      writeFileSync(join(folder, `${name}-${language}.pdf`), await make());
}

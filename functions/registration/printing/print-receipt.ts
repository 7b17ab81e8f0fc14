import { problem as common } from '../../../platform/base/problems.ts';
import { allow } from '../../../platform/http/access.ts';
import { operation } from '../../../platform/http/operation.ts';
import { Pdf, PrintQuery, pdf, printLanguage } from '../../../platform/http/pdf.ts';
import { print } from '../../../platform/pdf/printer.ts';
import { paymentFor } from '../fees/read-payments.ts';
import { PaymentPath } from '../fees/receipt.ts';
import { problem } from '../problems.ts';
import * as schools from '../school/school-store.ts';
import { RECEIPT_LAYOUT } from './receipt-layout.ts';
import { receiptPage } from './receipt-page.ts';

export const printReceipt = operation({
  route: 'GET /students/{id}/payments/{payment_id}/receipt.pdf',
  summary: 'The receipt of a payment as PDF',
  description:
    'PDF/UA-1, half a sheet: who paid what for whom, which fees it covered, and what was owed after it. Of a payment that was reversed it says that it is void.',
  access: allow('admin', 'owner', 'guardian'),
  path: PaymentPath,
  query: PrintQuery,
  answers: { 200: Pdf },
  problems: [problem.student_not_found, problem.payment_not_found, common.printing_unavailable],
  async handle({ path, query, caller }) {
    const [{ account, payment }, school] = await Promise.all([paymentFor(path, caller), schools.find()]);
    const language = printLanguage(query);
    const data = receiptPage(path.id, payment, account, school, language);
    const title = `${data.kind} ${data.number}`;
    return pdf(await print({ layout: RECEIPT_LAYOUT, title, language, logo: school.logo, data }), title);
  },
});

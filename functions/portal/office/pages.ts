import { accountsPage, officeAccountPage, removeAccountPage } from './accounts.ts';
import { chargePage } from './charge.ts';
import { deadLettersPage, redrivePage } from './dead-letters.ts';
import { editPage } from './edit.ts';
import { enrolPage } from './enrol.ts';
import { exportPage } from './export.ts';
import { importPage } from './import.ts';
import { importProgressPage } from './import-progress.ts';
import { payPage, reversePage, waivePage } from './money.ts';
import { operationsPage } from './operations.ts';
import { allOrdersPage, deliverPage, officeOrderPage, refundPage, shipPage } from './orders.ts';
import { contactsPage, guardiansPage } from './people.ts';
import { editProductPage, newProductPage, retirePage, shopPage } from './products.ts';
import { programmePage } from './programme.ts';
import { copyPage, programmesPage } from './programmes.ts';
import { recordPage } from './record-page.ts';
import { restorePage } from './restore.ts';
import { rolloverPage } from './rollover.ts';
import { schoolPage } from './school.ts';
import { acceptPage, changeClassPage, leavePage, notifyPage, removePage } from './standing.ts';
import { studentsPage } from './students.ts';
import { closeTermPage, newTermPage, reopenTermPage } from './turn-term.ts';
import { yearPage } from './year.ts';

/** The pages of the school office. */
export const officePages = [
  ...[studentsPage, enrolPage, restorePage, recordPage, editPage, guardiansPage, contactsPage],
  ...[acceptPage, changeClassPage, leavePage, notifyPage, removePage],
  ...[payPage, waivePage, reversePage, chargePage],
  ...[yearPage, newTermPage, closeTermPage, reopenTermPage, rolloverPage, schoolPage],
  ...[programmesPage, programmePage, copyPage],
  ...[shopPage, newProductPage, editProductPage, retirePage],
  ...[allOrdersPage, officeOrderPage, shipPage, deliverPage, refundPage],
  ...[accountsPage, officeAccountPage, removeAccountPage],
  ...[operationsPage, deadLettersPage, redrivePage],
  ...[importPage, importProgressPage, exportPage],
];

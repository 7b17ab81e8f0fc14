import { chargePage } from './charge.ts';
import { editPage } from './edit.ts';
import { enrolPage } from './enrol.ts';
import { payPage, reversePage, waivePage } from './money.ts';
import { contactsPage, guardiansPage } from './people.ts';
import { recordPage } from './record-page.ts';
import { restorePage } from './restore.ts';
import { acceptPage, changeClassPage, leavePage, notifyPage, removePage } from './standing.ts';
import { studentsPage } from './students.ts';

/** The pages of the school office. */
export const officePages = [
  ...[studentsPage, enrolPage, restorePage, recordPage, editPage, guardiansPage, contactsPage],
  ...[acceptPage, changeClassPage, leavePage, notifyPage, removePage],
  ...[payPage, waivePage, reversePage, chargePage],
];

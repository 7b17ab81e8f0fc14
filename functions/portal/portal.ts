import type { APIGatewayProxyEvent } from 'aws-lambda';
import { endpoint } from '../../platform/http/endpoint.ts';
import { listHeader } from '../../platform/http/headers.ts';
import { preferredType } from '../../platform/http/media-types.ts';
import { site } from '../../platform/http/site.ts';
import { serve } from './kit/serve.ts';
import { officePages } from './office/pages.ts';
import { accountPage, endSessionPage } from './pages/account.ts';
import { assessmentsPage } from './pages/assessments.ts';
import { authorizePage } from './pages/authorize.ts';
import { buyPage } from './pages/buy.ts';
import { deleteAssessmentPage, editAssessmentPage, newAssessmentPage } from './pages/change-assessment.ts';
import { childPage } from './pages/child.ts';
import { classesPage, classPage } from './pages/classes.ts';
import { councilPage } from './pages/council.ts';
import { feesPage } from './pages/fees.ts';
import { filesPage } from './pages/files.ts';
import { gridPage } from './pages/grid.ts';
import { healthPage } from './pages/health.ts';
import { homePage } from './pages/home.ts';
import { lookPage } from './pages/look.ts';
import { marksPage } from './pages/marks.ts';
import { orderPage, ordersPage } from './pages/orders.ts';
import { passwordPage } from './pages/password.ts';
import { payFeesPage } from './pages/pay-fees.ts';
import { payOrderPage } from './pages/pay-order.ts';
import { closePage, publishingPage, publishPage, reopenPage } from './pages/publish.ts';
import { purchasesPage } from './pages/purchases.ts';
import { receiptPage } from './pages/receipt.ts';
import { remarksPage } from './pages/remarks.ts';
import { reportCardPage, reportCardsPage } from './pages/report-cards.ts';
import { signIn } from './pages/sign-in.ts';
import { signOut } from './pages/sign-out.ts';
import { signUp, takeSignUp } from './pages/sign-up.ts';
import { studentPage } from './pages/student.ts';
import { welcome } from './welcome.ts';

/** At `/` people sign in and programs are told where everything is: what they accept tells them apart. */
const isForPrograms = (event: APIGatewayProxyEvent): boolean =>
  event.resource === '/' &&
  ['GET', 'HEAD'].includes(event.httpMethod) &&
  preferredType(listHeader(event, 'accept'), ['application/json', 'text/html']) === 'application/json';

export const handler = site({
  pages: [
    ...[signIn, signUp, takeSignUp, signOut, lookPage, filesPage],
    ...[homePage, buyPage, purchasesPage, ordersPage, orderPage],
    ...[marksPage, childPage, feesPage, healthPage],
    ...[classesPage, classPage, studentPage],
    ...[assessmentsPage, newAssessmentPage, gridPage, editAssessmentPage, deleteAssessmentPage],
    ...[remarksPage, councilPage, publishingPage, publishPage, closePage, reopenPage],
    ...[reportCardsPage, reportCardPage],
    ...[accountPage, endSessionPage, passwordPage, authorizePage],
    ...[receiptPage, payFeesPage, payOrderPage, ...officePages],
  ],
  serve,
  api: endpoint(welcome),
  isForPrograms,
});

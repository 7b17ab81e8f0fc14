import { endpoint } from '../../platform/http/endpoint.ts';
import { chargeFee } from './fees/charge-fee.ts';
import { confirmPayment } from './fees/confirm-payment.ts';
import { grantWaiver } from './fees/grant-waiver.ts';
import { listDebts } from './fees/list-debts.ts';
import { readPayments, readReceipt } from './fees/read-payments.ts';
import { reversePayment } from './fees/reverse-payment.ts';

export const handler = endpoint(
  confirmPayment,
  chargeFee,
  listDebts,
  readPayments,
  readReceipt,
  grantWaiver,
  reversePayment,
);

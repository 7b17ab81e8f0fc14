import { endpoint } from '../../platform/http/endpoint.ts';
import { printReceipt } from './printing/print-receipt.ts';

export const handler = endpoint(printReceipt);

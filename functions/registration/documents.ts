import { streamingEndpoint } from '../../platform/http/streaming.ts';
import { printReceipt } from './printing/print-receipt.ts';

export const handler = streamingEndpoint(printReceipt);

import { endpoint } from '../../platform/http/endpoint.ts';
import { payOrder } from './ordering/pay-order.ts';
import { refundOrder } from './ordering/refund-order.ts';

export const handler = endpoint(payOrder, refundOrder);

import { endpoint } from '../../platform/http/endpoint.ts';
import { payOrder } from './pay-order.ts';
import { refundOrder } from './refund-order.ts';

export const handler = endpoint(payOrder, refundOrder);

import { endpoint } from '../../platform/http/endpoint.ts';
import { redriveOrdersLetters, showOrdersLetters } from './dead-letters.ts';
import { cancelOrder } from './ordering/cancel-order.ts';
import { changeOrder } from './ordering/change-order.ts';
import { deliverOrder, shipOrder } from './ordering/dispatch-order.ts';
import { placeOrder } from './ordering/place-order.ts';
import { listOrders, readOrder } from './ordering/read-orders.ts';

export const handler = endpoint(
  placeOrder,
  listOrders,
  readOrder,
  changeOrder,
  cancelOrder,
  shipOrder,
  deliverOrder,
  showOrdersLetters,
  redriveOrdersLetters,
);

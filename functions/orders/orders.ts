import { endpoint } from '../../platform/http/endpoint.ts';
import { cancelOrder } from './cancel-order.ts';
import { changeOrderItems } from './change-order.ts';
import { deliverOrder } from './deliver-order.ts';
import { listTheOrders } from './list-orders.ts';
import { orderArticles } from './place-order.ts';
import { readOrder } from './read-order.ts';
import { shipOrder } from './ship-order.ts';

export const handler = endpoint(
  orderArticles,
  listTheOrders,
  readOrder,
  changeOrderItems,
  cancelOrder,
  shipOrder,
  deliverOrder,
);

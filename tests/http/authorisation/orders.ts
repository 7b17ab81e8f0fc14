import { randomUUID } from 'node:crypto';
import { everyone, type Row } from './row.ts';
import { anyProduct, customer, paidOrder, pendingOrder, shippedOrder, someProduct } from './shop-targets.ts';

const product = () => ({ name: `Article ${randomUUID()}`, price: 250, stock: 5 });
const items = async () => ({ items: [{ product_id: await anyProduct(), quantity: 1 }] });
const article = async () => ({ article_id: await anyProduct() });

const forAdmins = (status: number): NonNullable<Row['roles']> => ({
  admin: [status, status, 404],
  teacher: 403,
  student: 403,
});
const forOwners = (status: number): NonNullable<Row['roles']> => ({
  admin: [status, status, 404],
  teacher: [status, 404, 404],
  student: [status, 404, 404],
});
/** For owners alone: not even an admin buys or pays in another's name. */
const forOwnersAlone = (status: number): NonNullable<Row['roles']> => everyone([status, 404, 404]);

export const rows: readonly Row[] = [
  { route: 'GET /export/orders', roles: { admin: 200, teacher: 403, student: 403, guardian: 403 } },
  { route: 'GET /dead-letters/orders', roles: { admin: 200, teacher: 403, student: 403, guardian: 403 } },
  { route: 'POST /dead-letters/orders/redrive', roles: { admin: 200, teacher: 403, student: 403, guardian: 403 } },
  { route: 'GET /products', roles: everyone(200) },
  { route: 'POST /products', body: product, roles: { admin: 201, teacher: 403, student: 403 } },
  { route: 'GET /products/{id}', target: someProduct, roles: everyone([200, 200, 404]) },
  { route: 'PUT /products/{id}', target: someProduct, body: product, roles: forAdmins(200) },
  { route: 'DELETE /products/{id}', target: someProduct, roles: forAdmins(204) },
  { route: 'GET /orders/articles', roles: everyone(200) },
  { route: 'POST /orders', body: items, roles: everyone(201) },
  { route: 'GET /orders', roles: everyone(200) },
  { route: 'GET /orders/{id}', target: pendingOrder, roles: forOwners(200) },
  { route: 'PUT /orders/{id}', target: pendingOrder, body: items, roles: forOwners(200) },
  { route: 'DELETE /orders/{id}', target: pendingOrder, roles: forOwners(204) },
  { route: 'POST /orders/{id}/ship', target: paidOrder, roles: forAdmins(200) },
  { route: 'POST /orders/{id}/deliver', target: shippedOrder, roles: forAdmins(200) },
  {
    route: 'POST /orders/{id}/payment',
    target: pendingOrder,
    body: () => ({ method: 'cash' }),
    roles: forOwnersAlone(200),
  },
  { route: 'POST /orders/{id}/refund', target: paidOrder, body: () => ({}), roles: forAdmins(200) },
  { route: 'POST /orders/{id}/buy', target: customer, body: article, roles: forOwnersAlone(201) },
  // Orders know no accounts: to an admin, somebody who does not exist has bought nothing.
  {
    route: 'GET /orders/{id}/purchases',
    target: customer,
    roles: { admin: [200, 200, 200], teacher: [200, 404, 404], student: [200, 404, 404] },
  },
  { route: 'POST /api/buy', body: article, roles: everyone(201) },
  { route: 'GET /api/purchases', roles: everyone(200) },
];

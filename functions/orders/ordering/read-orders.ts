import * as z from 'zod';
import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { Username } from '../../../platform/schema/username.ts';
import { problem } from '../problems.ts';
import { Order, OrderPath } from './order.ts';
import { ORDER_STATES } from './order-states.ts';
import * as orders from './order-store.ts';

export const readOrder = operation({
  route: 'GET /orders/{id}',
  summary: 'Read an order',
  access: allow('admin', 'owner'),
  path: OrderPath,
  answers: { 200: Order },
  problems: [problem.order_not_found],
  versioned: true,
  async handle({ path, caller }) {
    const order = await orders.reach(path.id, caller);
    return ok(order, { etag: order.version });
  },
});

export const listOrders = operation({
  route: 'GET /orders',
  summary: 'List orders, newest first',
  description: 'One’s own; an admin sees everybody’s, or those of `username`. A page filtered by `state` may be short.',
  access: allow('admin', 'owner'),
  query: z.object({ username: Username.optional(), state: z.enum(ORDER_STATES).optional() }),
  answers: { 200: z.array(Order) },
  problems: [problem.user_not_found],
  paged: true,
  async handle({ query, caller, paging }) {
    const username = query.username ?? (caller.role === 'admin' ? undefined : caller.username);
    if (!caller.mayReach({ username })) throw problem.user_not_found();
    const { items, next } = await orders.list({ ...query, username }, paging);
    return ok(items, { next });
  },
});

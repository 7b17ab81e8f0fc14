import { randomUUID } from 'node:crypto';
import { call } from '../../support/http.ts';
import { adminToken, must } from './actors.ts';
import type { Actor, Target } from './row.ts';

let product: Promise<number> | undefined;

async function newProduct(): Promise<number> {
  const body = { name: `Article ${randomUUID()}`, price: 250, stock: 1_000_000 };
  return (await must(call('POST', '/products', { token: await adminToken(), body }))).id;
}

/** A product that never sells out. */
export const anyProduct = (): Promise<number> => {
  product ??= newProduct();
  return product;
};

const last = new Map<string, string>();

/** Whoever has one has given up the one before: unpaid orders are limited. */
async function pending({ token, username }: Actor): Promise<string> {
  const before = last.get(username);
  if (before) await call('DELETE', `/orders/${before}`, { token });
  const body = { items: [{ product_id: await anyProduct(), quantity: 1 }] };
  const { id } = await must<{ id: string }>(call('POST', '/orders', { token, body }));
  last.set(username, id);
  return id;
}

async function paid(owner: Actor): Promise<string> {
  const id = await pending(owner);
  await must(call('POST', `/orders/${id}/payment`, { token: owner.token, body: { method: 'cash' } }));
  return id;
}

async function shipped(owner: Actor): Promise<string> {
  const id = await paid(owner);
  await must(call('POST', `/orders/${id}/ship`, { token: await adminToken() }));
  return id;
}

/** A product: nobody's own, so new for everybody. */
export const someProduct: Target = {
  of: async () => String(await newProduct()),
  missing: () => '900719925474',
};

export const pendingOrder: Target = { of: pending, missing: randomUUID };
export const paidOrder: Target = { of: paid, missing: randomUUID };
export const shippedOrder: Target = { of: shipped, missing: randomUUID };

/** A customer, by their username. */
export const customer: Target = {
  of: async ({ username }) => username,
  missing: () => `nobody-${randomUUID()}`,
};

import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { handler as onOrderEvent } from '../../functions/orders/on-order-event.ts';
import { handler as orders } from '../../functions/orders/orders.ts';
import { handler as payments } from '../../functions/orders/payments.ts';
import { handler as catalogue } from '../../functions/orders/products.ts';
import { handler as purchases } from '../../functions/orders/purchases.ts';
import { sqs } from '../../platform/events/queue.ts';
import { admin, call, type Identity, type Received, student } from './call.ts';
import { deliver, told } from './deliver.ts';
import { json, type PeerStub, startPeer } from './peer.ts';
import { type Books, readBooks } from './shop-books.ts';
import { createContext } from './tables.ts';

export const APPROVED = '4242 4242 4242 4242';
export const DECLINED = '4000000000000002';
export const NO_FUNDS = '4000000000009995';
export const ANSWER_LOST = '4000000000000119';

/** Paying by a card of this number. */
export const card = (number: string) => ({
  method: 'card',
  card: { number, exp_month: 12, exp_year: 2099, cvc: '123' },
});
export const cash = { method: 'cash' };

const UNLIMITED = ['XOF', 'EUR', 'USD', 'XAF', 'GBP'].map((currency) => `900000000000000 ${currency}`).join(', ');

/** Accounts that all exist and are enabled. */
export const accountsAnswer = json(200, { username: 'somebody', role: 'student', disabled: false });

type Headers = Record<string, string>;
const keyed = (key?: string): { headers?: Headers } =>
  key ? { headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key } } : {};

/** A shop of its own, on the embedded engines, with accounts that all exist. */
export async function openShop(): Promise<{ accounts: PeerStub; table: string }> {
  const { ORDERS_TABLE = '' } = await createContext('orders');
  // Customers of most tests buy without end; those of the limits set their own.
  Object.assign(process.env, { PENDING_ORDERS_LIMIT: '1000000', ACCOUNT_CREDIT_LIMIT: UNLIMITED });
  const accounts = await startPeer();
  accounts.behave(accountsAnswer);
  return { accounts, table: ORDERS_TABLE };
}

/** Hands the consumer what is on its queue, as the poller would; what waits for its time stays. */
async function workOffQueue(): Promise<void> {
  const QueueUrl = process.env.ORDERS_QUEUE_URL ?? '';
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return;
    const failed = await deliver(
      onOrderEvent,
      Messages.map(({ Body = '' }) => Body),
    );
    if (failed.length > 0) throw new Error(`failed: ${failed.map((i) => Messages[i]?.Body)}`);
    for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
}

/** Calls as the gateway would: each to the Lambda that its route belongs to. */
export const shop = {
  /** A new product; gives its id. */
  async product(product: Record<string, unknown> = {}): Promise<number> {
    const body = { name: 'Stylo bleu', price: 150, stock: 10, ...product };
    const answer = await call(catalogue, 'POST /products', { as: admin, body });
    if (answer.status !== 201) throw new Error(`no product: ${JSON.stringify(answer.body)}`);
    return answer.body.id;
  },
  async stockOf(id: number): Promise<number> {
    return (await call(catalogue, `GET /products/${id}`, { as: admin })).body.stock;
  },
  catalogue: (request: string, as: Identity = student(), body?: unknown, headers: Headers = {}) =>
    call(catalogue, request, {
      as,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(body !== undefined && { body }),
    }),
  buy: (article_id: unknown, as: Identity = student(), more: object = {}, key?: string) =>
    call(purchases, `POST /orders/${as.username}/buy`, { as, body: { article_id, ...more }, ...keyed(key) }),
  purchases: (request: string, as: Identity = student(), body?: unknown) =>
    call(purchases, request, { as, ...(body !== undefined && { body }) }),
  order: (items: readonly [product: number, quantity: unknown][], as: Identity = student(), key?: string) =>
    call(orders, 'POST /orders', {
      as,
      body: { items: items.map(([product_id, quantity]) => ({ product_id, quantity })) },
      ...keyed(key),
    }),
  orders: (request: string, as: Identity = student(), body?: unknown, headers: Headers = {}) =>
    call(orders, request, {
      as,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(body !== undefined && { body }),
    }),
  pay: (id: string, means: object = card(APPROVED), as: Identity = student(), key?: string) =>
    call(payments, `POST /orders/${id}/payment`, { as, body: means, ...keyed(key) }),
  refund: (id: string, amount?: unknown, as: Identity = admin, key?: string) =>
    call(payments, `POST /orders/${id}/refund`, { as, body: amount === undefined ? {} : { amount }, ...keyed(key) }),
  giveBack: (id: string, body: { restock?: boolean; amount?: number }) =>
    call(payments, `POST /orders/${id}/refund`, { as: admin, body }),
  /** The reminder that a reservation's time is up. */
  remind: (...ids: string[]): Promise<number[]> =>
    deliver(
      onOrderEvent,
      ids.map((order_id) => told('campus.order.reserved', { order_id })),
    ),
  /** The message that tells the provider of a refund; the first of an order has the number 1, as its charge has. */
  tellRefund: (id: string, amount: number): Promise<number[]> =>
    deliver(onOrderEvent, [told('campus.order.refund_due', { charge: `${id}:1`, reference: `${id}:1`, amount })]),
  /** The books once everything on the queue has been dealt with that is not delayed. */
  async books(): Promise<Books> {
    await workOffQueue();
    return readBooks(process.env.ORDERS_TABLE ?? '');
  },
};

/** A pending order of one product; gives its id. */
export async function pending(product: number, quantity = 1, as: Identity = student()): Promise<string> {
  const answer = await shop.order([[product, quantity]], as);
  if (answer.status !== 201) throw new Error(`no order: ${JSON.stringify(answer.body)}`);
  return answer.body.id;
}

/** How many of these answers have each status and code. */
export function tally(answers: readonly Received[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const name = `${status}${body?.code ? ` ${body.code}` : ''}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** The same call so many times at once. */
export const times = <T>(count: number, one: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => one(i)));

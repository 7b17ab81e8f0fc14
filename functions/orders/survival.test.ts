import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { startDynamoDb } from '../../localstack/engines/dynamodb.ts';
import { freePort } from '../../project/ports.ts';
import { type Answer, call, logIn } from '../../tests/support/http.ts';
import { expectBooksToAgree } from '../../tests/support/shop-audit.ts';
import { type Books, readBooks } from '../../tests/support/shop-books.ts';
import { type Campus, killWhole, startCampus, whenReady } from '../../tests/support/supervisor.ts';

const data = mkdtempSync(join(tmpdir(), 'campus-shop-'));
let campus: Campus | undefined;

async function start(): Promise<Campus> {
  campus = await whenReady(startCampus({ port: await freePort(), data }));
  process.env.CAMPUS_URL = campus.url;
  return campus;
}

async function stop(): Promise<void> {
  campus?.child.kill('SIGTERM');
  await campus?.exited;
}

afterAll(async () => {
  await stop();
  rmSync(data, { recursive: true });
});

/** The shop's table as it lies on the disk, without an application that could mend it. */
async function booksOnDisk(): Promise<Books> {
  const engine = await startDynamoDb(data);
  const books = await readBooks('campus-local-orders', engine.endpoint);
  await engine.stop();
  return books;
}

/** What was answered, by order. */
const answered = new Map<string, string>();
let calls = 0;
const { promise: inTheMiddle, resolve: isInTheMiddle } = Promise.withResolvers<void>();

function note({ status, body }: Answer): string | undefined {
  calls += 1;
  if (calls === 120) isInTheMiddle();
  if (status === 201) answered.set(body.order_id ?? body.id, body.state ?? 'paid');
  if (status === 200) answered.set(body.id, body.state);
  return body?.id;
}

/** One customer: orders, then pays, gives up, or leaves it; every fourth buys at once. */
async function shopping(i: number, token: string, product: number): Promise<void> {
  const items = [{ product_id: product, quantity: 2 }];
  if (i % 4 === 0) {
    note(await call('POST', '/orders/victor/buy', { token, body: { article_id: product, quantity: 2 } }));
    return;
  }
  const id = note(await call('POST', '/orders', { token, body: { items } }));
  if (!id) return;
  const card = { number: '4242424242424242', exp_month: 12, exp_year: 2099 };
  if (i % 4 === 1) note(await call('POST', `/orders/${id}/payment`, { token, body: { method: 'card', card } }));
  if (i % 4 === 2) {
    const { status } = await call('DELETE', `/orders/${id}`, { token });
    if (status === 204) answered.set(id, 'cancelled');
  }
}

test('two hundred orders cut off in the middle leave stock, orders, payments and movements in agreement', async () => {
  const running = await start();
  const [admin, token] = [await logIn('admin', 'admin'), await logIn('victor', '1234')];
  const products = await Promise.all(
    [0, 1, 2, 3].map(async (i) => {
      const body = { name: `Article ${i}`, price: 100, stock: 150 };
      return (await call('POST', '/products', { token: admin, body })).body.id as number;
    }),
  );
  const customers = Array.from({ length: 200 }, (_, i) => shopping(i, token, products[(i >> 2) % 4] ?? 0));
  const ended = Promise.allSettled(customers);
  await inTheMiddle;
  await killWhole(running);
  await ended;
  expect(answered.size).toBeLessThan(200);

  await start();
  const again = await logIn('victor', '1234');
  for (const [id, state] of answered) {
    const { status, body } = await call('GET', `/orders/${id}`, { token: again });
    expect(status).toBe(200);
    // A customer may have gone on without having had the answer.
    if (state !== 'pending') expect(body.state).toBe(state);
  }
  await stop();
  const books = await booksOnDisk();
  expect(books.orders.length).toBeGreaterThanOrEqual(answered.size);
  expectBooksToAgree(books);
}, 120_000);

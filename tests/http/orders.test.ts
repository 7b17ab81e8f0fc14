import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import { call, logIn } from '../support/http.ts';

const WHO = ['admin', 'teacher', 'owner', 'other', 'nobody'] as const;
type Who = (typeof WHO)[number];

const tokens: Partial<Record<Who, string>> = {};
let product: number;

beforeAll(async () => {
  tokens.admin = await logIn('admin', 'admin');
  tokens.teacher = await logIn('prof', 'prof');
  tokens.owner = await logIn('victor', '1234');
  tokens.other = await logIn('kilian', 'abcd');
  product = await newProduct();
});

const send = (method: string, path: string, who: Who, body?: unknown, headers?: Record<string, string>) =>
  call(method, path, { token: tokens[who], body, ...(headers && { headers }) });

async function newProduct(stock = 1000): Promise<number> {
  const body = { name: `Article ${randomUUID()}`, price: 250, stock };
  return (await send('POST', '/products', 'admin', body)).body.id;
}

const wanted = () => ({ items: [{ product_id: product, quantity: 2 }] });

test('seed 003: victor signs in through the gateway, sees the articles, buys one and finds it in his purchases', async () => {
  const signIn = await call('POST', '/api/login', { body: { username: 'victor', password: '1234' } });
  const token = signIn.body.access_token;
  const { body: catalogue } = await call('GET', '/orders/articles', { token });
  const article = catalogue.articles.find(({ name }: { name: string }) => name === 'Cahier de cours 200 pages');
  expect(article).toMatchObject({ price: 1500, currency: 'XOF', active: true });
  const bought = await call('POST', '/orders/victor/buy', { token, body: { article_id: article.id } });
  expect([bought.status, bought.body]).toMatchObject([
    201,
    { message: 'Achat enregistre', article: { id: article.id }, user: 'victor', order_id: expect.any(String) },
  ]);
  const viaGateway = await call('POST', '/api/buy', { token, body: { article_id: article.id, quantity: 2 } });
  expect(viaGateway.body).toMatchObject({ message: 'Achat enregistre', user: 'victor', quantity: 2 });
  for (const path of ['/api/purchases', '/orders/victor/purchases']) {
    const { status, body } = await call('GET', path, { token });
    expect([status, body.user]).toEqual([200, 'victor']);
    expect(body.purchases.slice(0, 2)).toMatchObject([
      { order_id: viaGateway.body.order_id, quantity: 2, price: 1500, currency: 'XOF' },
      { order_id: bought.body.order_id, quantity: 1 },
    ]);
  }
  const unknown = await call('POST', '/api/buy', { token, body: { article_id: 999_999_999 } });
  expect([unknown.status, unknown.body.title]).toEqual([404, 'Article introuvable']);
});

test('seed 004: an order of several products is made, changed, paid, shipped and delivered', async () => {
  const [first, second] = [await newProduct(5), await newProduct(5)];
  const items = [
    { product_id: first, quantity: 2 },
    { product_id: second, quantity: 1 },
  ];
  const made = await send('POST', '/orders', 'owner', { items });
  expect([made.status, made.body.state, made.body.total]).toEqual([201, 'pending', 750]);
  const { id } = made.body;
  const changed = await send('PUT', `/orders/${id}`, 'owner', { items: items.slice(0, 1) });
  expect(changed.body.total).toBe(500);
  const card = { number: '4000000000000119', exp_month: 12, exp_year: 2099 };
  const lost = await send('POST', `/orders/${id}/payment`, 'owner', { method: 'card', card });
  expect([lost.status, lost.headers.get('retry-after')]).toEqual([503, '2']);
  const retried = await send('POST', `/orders/${id}/payment`, 'owner', { method: 'card', card });
  expect(retried.body).toMatchObject({ state: 'paid', paid_amount: 500, payment: { card_last4: '0119' } });
  expect((await send('POST', `/orders/${id}/ship`, 'admin')).body.state).toBe('shipped');
  expect((await send('POST', `/orders/${id}/deliver`, 'admin')).body.state).toBe('delivered');
  const stock = async (one: number) => (await send('GET', `/products/${one}`, 'owner')).body.stock;
  expect([await stock(first), await stock(second)]).toEqual([3, 5]);
  const { body } = await send('GET', '/orders?limit=1', 'owner');
  expect(body).toMatchObject([{ id, state: 'delivered' }]);
});

test('an order is made for whom the accounts service vouches, over HTTP', async () => {
  const { body: session } = await call('POST', '/auth/login', { body: { username: 'baptiste', password: 'pass' } });
  const made = await call('POST', '/orders', { token: session.access_token, body: wanted() });
  expect([made.status, made.body.username]).toEqual([201, 'baptiste']);
});

test('a customer’s orders are listed for admins and for themself, and for nobody else', async () => {
  const list = async (who: Who) => (await send('GET', '/orders?username=victor', who)).status;
  expect(await Promise.all(WHO.map(list))).toEqual([200, 404, 200, 404, 401]);
});

test('an Idempotency-Key makes one order, and a stale If-Match changes nothing', async () => {
  const key = { 'Idempotency-Key': randomUUID() };
  const [first, second] = [
    await send('POST', '/orders', 'owner', wanted(), key),
    await send('POST', '/orders', 'owner', wanted(), key),
  ];
  expect(second.body).toEqual(first.body);
  const path = `/orders/${first.body.id}`;
  expect(first.headers.get('etag')).toBe('"1"');
  await send('PUT', path, 'owner', { items: [{ product_id: product, quantity: 1 }] });
  expect((await send('DELETE', path, 'owner', undefined, { 'If-Match': '"1"' })).status).toBe(412);
});

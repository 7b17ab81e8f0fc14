import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { admin, student, teacher } from '../../tests/support/call.ts';
import type { PeerStub } from '../../tests/support/peer.ts';
import { openShop, shop, tally, times } from '../../tests/support/shop.ts';
import { expectBooksToAgree } from '../../tests/support/shop-audit.ts';

let accounts: PeerStub;

beforeAll(async () => {
  ({ accounts } = await openShop());
});
afterAll(async () => {
  await accounts.stop();
  expectBooksToAgree(await shop.books());
});

describe('buying', () => {
  test('sells an article at once', async () => {
    const id = await shop.product({ name: 'Gomme', price: 50 });
    const { status, body, headers } = await shop.buy(id, student(), { quantity: 3 });
    expect([status, body]).toEqual([
      201,
      {
        message: 'Achat enregistre',
        article: { id, name: 'Gomme', price: 50, currency: 'XOF' },
        quantity: 3,
        user: 'victor',
        order_id: expect.any(String),
      },
    ]);
    expect(headers.Location).toBe(`/orders/${body.order_id}`);
    expect((await shop.orders(`GET /orders/${body.order_id}`)).body).toMatchObject({
      state: 'paid',
      total: 150,
      paid_amount: 150,
      payment: { method: 'account' },
    });
    expect(await shop.stockOf(id)).toBe(7);
  });

  test('through the gateway’s address is for oneself', async () => {
    const id = await shop.product();
    const { body } = await shop.purchases('POST /api/buy', student('kilian'), { article_id: id });
    expect(body).toMatchObject({ message: 'Achat enregistre', user: 'kilian', quantity: 1 });
    const own = await shop.purchases('GET /api/purchases', student('kilian'));
    expect(own.body).toMatchObject({ user: 'kilian', purchases: [{ order_id: body.order_id }] });
  });

  test('of an article that is not there is said in the words of the seed, with its number', async () => {
    const { status, body } = await shop.buy(987_654);
    expect([status, body.title]).toEqual([404, 'Article introuvable']);
    expect(body.detail).toBe('Article introuvable : l’article 987654 n’existe pas ou n’est plus en vente.');
  });

  test('of more than there is says of which article how many are left', async () => {
    const id = await shop.product({ name: 'Cahier', stock: 3 });
    const { status, body } = await shop.purchases('POST /api/buy', student('kilian'), { article_id: id, quantity: 4 });
    expect([status, body.code]).toEqual([409, 'out_of_stock']);
    expect(body.detail).toBe(`« Cahier » (article ${id}) : 4 demandés, 3 en stock. Rien n’a été réservé.`);
  });

  test('for another is not found, whether they exist or not, whatever the article', async () => {
    const id = await shop.product();
    for (const who of [student('kilian'), teacher, admin]) {
      const answers = [];
      for (const [path, article_id] of [
        ['victor', id],
        ['nobody-at-all', id],
        ['victor', 987_654],
      ])
        answers.push(await shop.purchases(`POST /orders/${path}/buy`, who, { article_id }));
      const anonymous = answers.map(({ status, body: { request_id, ...rest } }) => ({ status, rest }));
      expect(anonymous[0]?.rest.code).toBe('user_not_found');
      expect(new Set(anonymous.map((one) => JSON.stringify(one))).size).toBe(1);
    }
    expect(await shop.stockOf(id)).toBe(10);
  });

  test.each([1.9, '1', 0, -1, null, [1], 1e300])('the article %p is refused', async (article) => {
    expect((await shop.buy(article)).status).toBe(400);
  });

  test.each([0, -1, 1.5, 1001, '2', null])('a quantity of %p is refused', async (quantity) => {
    expect((await shop.buy(await shop.product(), student(), { quantity })).status).toBe(400);
  });

  test.each([{ price: 1 }, { role: 'admin' }, { username: 'kilian' }])('a smuggled %p is refused', async (more) => {
    expect((await shop.buy(await shop.product(), student(), more)).status).toBe(400);
  });

  test('with one key, twenty times at once, is one purchase and one answer', async () => {
    const id = await shop.product();
    const answers = await times(20, () => shop.buy(id, student(), { quantity: 2 }, 'buy-once'));
    expect(tally(answers)).toEqual({ '201': 20 });
    expect(new Set(answers.map(({ body }) => body.order_id)).size).toBe(1);
    expect(await shop.stockOf(id)).toBe(8);
    expect((await shop.buy(id, student(), { quantity: 3 }, 'buy-once')).status).toBe(422);
  });

  test('without a key, twice, is two purchases', async () => {
    const id = await shop.product();
    await times(2, () => shop.buy(id));
    expect(await shop.stockOf(id)).toBe(8);
  });

  test('the last one has one winner among fifty', async () => {
    for (let round = 0; round < 10; round += 1) {
      const id = await shop.product({ stock: 1 });
      const answers = await times(50, (i) => shop.buy(id, student(`buyer-${i}`)));
      expect(tally(answers)).toEqual({ '201': 1, '409 out_of_stock': 49 });
      expect(await shop.stockOf(id)).toBe(0);
    }
  });
});

describe('purchases', () => {
  test('are every article that was paid for, newest first, in pages', async () => {
    const buyer = student(`buyer-${Date.now()}`);
    const [pen, book] = [
      await shop.product({ name: 'Stylo', price: 10 }),
      await shop.product({ name: 'Livre', price: 90 }),
    ];
    const bought = await shop.buy(pen, buyer, { quantity: 2 });
    const order = await shop.order(
      [
        [pen, 1],
        [book, 5],
      ],
      buyer,
    );
    const list = `GET /orders/${buyer.username}/purchases`;
    expect((await shop.purchases(list, buyer)).body.purchases).toHaveLength(1);
    await shop.pay(order.body.id, { method: 'cash' }, buyer);
    const { body } = await shop.purchases(list, buyer);
    expect(body).toEqual({
      user: buyer.username,
      purchases: [
        {
          order_id: order.body.id,
          article: { id: book, name: 'Livre' },
          quantity: 5,
          price: 90,
          currency: 'XOF',
          at: expect.any(String),
        },
        {
          order_id: order.body.id,
          article: { id: pen, name: 'Stylo' },
          quantity: 1,
          price: 10,
          currency: 'XOF',
          at: expect.any(String),
        },
        {
          order_id: bought.body.order_id,
          article: { id: pen, name: 'Stylo' },
          quantity: 2,
          price: 10,
          currency: 'XOF',
          at: expect.any(String),
        },
      ],
    });
    const first = await shop.purchases(`${list}?limit=2`, buyer);
    const next = /<(.*)>/.exec(first.headers.Link ?? '')?.[1];
    expect((await shop.purchases(`GET ${next}`, buyer)).body.purchases).toEqual(body.purchases.slice(2));
    // A cursor is its caller's own.
    expect((await shop.purchases(`GET ${next}`, admin)).status).toBe(400);
    expect((await shop.purchases(list, admin)).body).toEqual(body);
  });

  test('of a stranger and of nobody cannot be told apart', async () => {
    for (const who of [student('kilian'), teacher])
      for (const name of ['victor', 'nobody-at-all'])
        expect((await shop.purchases(`GET /orders/${name}/purchases`, who)).body.code).toBe('user_not_found');
    expect((await shop.purchases('GET /orders/nobody-at-all/purchases', admin)).body.purchases).toEqual([]);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { dynamo } from '../../platform/data/client.ts';
import { admin, student, teacher } from '../../tests/support/call.ts';
import { FAULTS, json, type PeerStub, refuses } from '../../tests/support/peer.ts';
import { accountsAnswer, cash, openShop, pending, shop, tally, times } from '../../tests/support/shop.ts';
import { expectBooksToAgree } from '../../tests/support/shop-audit.ts';

let accounts: PeerStub;

beforeAll(async () => {
  ({ accounts } = await openShop());
});
afterEach(() => {
  accounts.behave(accountsAnswer);
});
afterAll(async () => {
  await accounts.stop();
  expectBooksToAgree(await shop.books());
});

const read = async (id: string, as = student()) => (await shop.orders(`GET /orders/${id}`, as)).body;
const change = (id: string, items: readonly [number, number][], headers = {}) =>
  shop.orders(
    `PUT /orders/${id}`,
    student(),
    { items: items.map(([product_id, quantity]) => ({ product_id, quantity })) },
    headers,
  );
const cancel = (id: string, headers = {}) => shop.orders(`DELETE /orders/${id}`, student(), undefined, headers);

describe('an order', () => {
  test('reserves its lines and freezes their names and prices', async () => {
    const [pen, book] = [
      await shop.product({ name: 'Stylo', price: 100 }),
      await shop.product({ name: 'Livre', price: 900 }),
    ];
    const { status, body, headers } = await shop.order([
      [pen, 3],
      [book, 1],
    ]);
    expect([status, headers.Location]).toEqual([201, `/orders/${body.id}`]);
    expect(body).toMatchObject({ state: 'pending', username: 'victor', total: 1200, currency: 'XOF', paid_amount: 0 });
    await shop.catalogue(`PUT /products/${pen}`, admin, { name: 'Stylo de luxe', price: 9999 });
    expect((await read(body.id)).items).toEqual([
      { product_id: pen, name: 'Stylo', price: 100, quantity: 3 },
      { product_id: book, name: 'Livre', price: 900, quantity: 1 },
    ]);
    expect([await shop.stockOf(pen), await shop.stockOf(book)]).toEqual([7, 9]);
  });

  test('of two products, one sold out, reserves neither and names the one', async () => {
    const [there, gone] = [await shop.product(), await shop.product({ stock: 1 })];
    const { status, body } = await shop.order([
      [there, 1],
      [gone, 2],
    ]);
    expect([status, body.code, body.errors[0].pointer]).toEqual([409, 'out_of_stock', '#/items/1']);
    expect([await shop.stockOf(there), await shop.stockOf(gone)]).toEqual([10, 1]);
  });

  test('of 25 lines is made, paid, refunded, and 26 are refused', async () => {
    const products = await times(26, () => shop.product({ price: 10 }));
    const lines = products.map((id): [number, number] => [id, 1]);
    expect((await shop.order(lines)).status).toBe(400);
    const { body } = await shop.order(lines.slice(0, 25), student(), 'twenty-five');
    expect((await shop.pay(body.id, cash, student(), 'twenty-five-paid')).body.paid_amount).toBe(250);
    expect((await shop.refund(body.id)).body.state).toBe('refunded');
  });

  test('with one key is made once, and with another body refused', async () => {
    const product = await shop.product();
    const answers = await times(10, () => shop.order([[product, 2]], student(), 'one-order'));
    expect(tally(answers)).toEqual({ '201': 10 });
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await shop.stockOf(product)).toBe(8);
    expect((await shop.order([[product, 3]], student(), 'one-order')).status).toBe(422);
    // The key is the caller's own: another's is another key.
    expect((await shop.order([[product, 3]], student('kilian'), 'one-order')).status).toBe(201);
  });

  test('that was cancelled is still the answer under its key: nothing is ordered twice', async () => {
    const product = await shop.product({ stock: 5 });
    const { body } = await shop.order([[product, 1]], student(), 'cancelled');
    await cancel(body.id);
    const again = await shop.order([[product, 1]], student(), 'cancelled');
    expect([again.status, again.body.id]).toEqual([201, body.id]);
    expect(await shop.stockOf(product)).toBe(5);
  });

  test('is at the price of the moment it is written, though that changed after it was read', async () => {
    const product = await shop.product({ price: 100 });
    let changes = 0;
    dynamo.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName === 'TransactWriteItemsCommand' && changes++ === 0)
            await shop.catalogue(`PUT /products/${product}`, admin, { name: 'Plus cher', price: 200 });
          return next(args);
        },
      { step: 'initialize', name: 'meddler' },
    );
    const { body } = await shop.order([[product, 1]]);
    dynamo.middlewareStack.remove('meddler');
    expect(changes).toBeGreaterThan(2);
    expect(body.items).toEqual([{ product_id: product, name: 'Plus cher', price: 200, quantity: 1 }]);
  });

  test.each([0, -1, 1.5, 1001, 1e300, '2', null])('of a quantity of %p is refused', async (quantity) => {
    expect((await shop.order([[await shop.product(), quantity]])).status).toBe(400);
  });

  test.each([
    ['nothing', { items: [] }],
    ['the same product twice', { items: [{ product_id: 1 }, { product_id: 1 }] }],
    ['a price of the client’s', { items: [{ product_id: 1, price: 1 }] }],
    ['another’s name', { items: [{ product_id: 1 }], username: 'kilian' }],
    ['a product 1.9', { items: [{ product_id: 1.9 }] }],
  ])('of %s is refused', async (_, body) => {
    expect((await shop.orders('POST /orders', student(), body)).status).toBe(400);
  });

  test('of an unknown article is not found, of two currencies refused', async () => {
    expect((await shop.order([[999_999, 1]])).body.code).toBe('article_not_found');
    const [francs, euros] = [await shop.product(), await shop.product({ currency: 'EUR' })];
    expect(
      (
        await shop.order([
          [francs, 1],
          [euros, 1],
        ])
      ).body.code,
    ).toBe('mixed_currencies');
  });
});

describe('the accounts service', () => {
  test('is asked with the caller’s own token whether the buyer exists and is enabled', async () => {
    const product = await shop.product();
    const order = () =>
      shop.orders('POST /orders', student(), { items: [{ product_id: product }] }, { Authorization: 'Bearer abc' });
    expect((await order()).status).toBe(201);
    expect(accounts.requests[0]).toMatchObject({ url: '/users/victor', headers: { authorization: 'Bearer abc' } });
    accounts.behave(refuses(404, 'user_not_found'));
    expect((await order()).body.code).toBe('user_not_found');
    accounts.behave(json(200, { username: 'victor', disabled: true }));
    expect((await order()).body.code).toBe('account_disabled');
    expect(await shop.stockOf(product)).toBe(9);
  });

  test.each(Object.entries(FAULTS).slice(0, 4))('that %s makes it 503, and nothing is reserved', async (_, fault) => {
    accounts.behave(fault);
    const product = await shop.product();
    const { status, body, headers } = await shop.order([[product, 1]]);
    expect([status, body.code]).toEqual([503, 'peer_unavailable']);
    expect(Number(headers['Retry-After'])).toBeGreaterThan(0);
    expect(await shop.stockOf(product)).toBe(10);
    accounts.behave(accountsAnswer);
    expect((await shop.order([[product, 1]])).status).toBe(201);
  });
});

describe('changing an order', () => {
  test('takes and gives back the difference, what is added at its price of today', async () => {
    const [a, b, c] = [
      await shop.product({ price: 10 }),
      await shop.product({ price: 20 }),
      await shop.product({ price: 30 }),
    ];
    const { body } = await shop.order([
      [a, 4],
      [b, 2],
    ]);
    await shop.catalogue(`PUT /products/${a}`, admin, { name: 'Augmenté', price: 99 });
    const changed = await change(body.id, [
      [a, 6],
      [c, 1],
    ]);
    expect(changed.body).toMatchObject({ total: 268, reserved_until: body.reserved_until });
    expect([await shop.stockOf(a), await shop.stockOf(b), await shop.stockOf(c)]).toEqual([4, 10, 9]);
    expect((await shop.pay(body.id)).body.paid_amount).toBe(268);
  });

  test('beyond the stock changes nothing', async () => {
    const [a, b] = [await shop.product(), await shop.product({ stock: 1 })];
    const { body } = await shop.order([[a, 4]]);
    expect(
      (
        await change(body.id, [
          [a, 1],
          [b, 2],
        ])
      ).body.code,
    ).toBe('out_of_stock');
    expect((await change(body.id, [[a, 11]])).body.code).toBe('out_of_stock');
    expect((await read(body.id)).items[0].quantity).toBe(4);
    expect((await change(body.id, [[a, 10]])).status).toBe(200);
  });

  test('of all its 25 lines at once is more than a transaction holds', async () => {
    const products = await times(50, () => shop.product());
    const lines = products.map((id): [number, number] => [id, 1]);
    const { body } = await shop.order(lines.slice(0, 25));
    expect((await change(body.id, lines.slice(25))).body.code).toBe('too_many_changes');
    expect((await change(body.id, lines.slice(2, 26))).status).toBe(200);
  });

  test('onto a version that is gone is refused; without If-Match it is not', async () => {
    const product = await shop.product();
    const { body, headers } = await shop.order([[product, 1]]);
    const ifMatch = { 'If-Match': String(headers.ETag) };
    expect((await change(body.id, [[product, 2]], ifMatch)).status).toBe(200);
    expect((await change(body.id, [[product, 3]], ifMatch)).status).toBe(412);
    expect((await cancel(body.id, ifMatch)).status).toBe(412);
    expect((await change(body.id, [[product, 3]])).body.items[0].quantity).toBe(3);
  });
});

describe('orders', () => {
  test('are listed newest first, one’s own only; an admin sees them all', async () => {
    const [mine, his] = [student(`buyer-${Date.now()}`), student(`other-${Date.now()}`)];
    const product = await shop.product();
    const ids = [await pending(product, 1, mine), await pending(product, 1, mine)];
    const other = await pending(product, 1, his);
    const idsOf = ({ body }: { body: { id: string }[] }) => body.map(({ id }) => id);
    expect(idsOf(await shop.orders('GET /orders', mine))).toEqual([ids[1], ids[0]]);
    expect(idsOf(await shop.orders('GET /orders?limit=2', admin))).toEqual([other, ids[1]]);
    expect(idsOf(await shop.orders(`GET /orders?username=${mine.username}`, admin))).toEqual([ids[1], ids[0]]);
    expect((await shop.orders(`GET /orders?username=${mine.username}`, his)).body.code).toBe('user_not_found');
    await shop.pay(ids[0] ?? '', cash, mine);
    expect(idsOf(await shop.orders('GET /orders?state=paid', mine))).toEqual([ids[0]]);
    expect((await shop.orders('GET /orders?state=lost', mine)).status).toBe(400);
  });

  test('follow each other page by page, and the last page leads to no empty one', async () => {
    const mine = student(`pages-${Date.now()}`);
    const product = await shop.product();
    const ids: string[] = [];
    for (let i = 0; i < 4; i += 1) ids.push(await pending(product, 1, mine));
    const [first, second, third, fourth] = ids;
    for (const id of [second, third]) await shop.pay(id ?? '', cash, mine);
    const walk = async (query: string, as: typeof mine) => {
      const pages: string[][] = [];
      for (let next: string | undefined = `/orders?${query}`; next; ) {
        const { body, headers } = await shop.orders(`GET ${next}`, as);
        pages.push(body.map(({ id }: { id: string }) => id));
        next = /<(.*)>/.exec(headers.Link ?? '')?.[1];
      }
      return pages;
    };
    expect(await walk('limit=2', mine)).toEqual([
      [fourth, third],
      [second, first],
    ]);
    expect(await walk('state=paid&limit=1', mine)).toEqual([[third], [second]]);
    const everybodys = (await walk('limit=3', admin)).flat();
    expect(everybodys).toEqual(everybodys.toSorted().reverse());
    expect(everybodys).toEqual(expect.arrayContaining(ids));
  });

  test('of a stranger and missing ones cannot be told apart', async () => {
    const id = await pending(await shop.product());
    const body = { items: [{ product_id: 1 }] };
    for (const [method, sent] of [
      ['GET', undefined],
      ['PUT', body],
      ['DELETE', undefined],
    ] as const) {
      for (const who of [student('kilian'), teacher]) {
        const answers = [
          await shop.orders(`${method} /orders/${id}`, who, sent),
          await shop.orders(`${method} /orders/${crypto.randomUUID()}`, who, sent),
        ].map(({ status, body: { request_id, ...rest } }) => ({ status, rest }));
        expect(answers[0]).toEqual(answers[1]);
        expect(answers[0]?.rest.code).toBe('order_not_found');
      }
    }
  });

  test.each(['ship', 'deliver'])('are for admins to %s', async (verb) => {
    for (const who of [student(), teacher])
      expect((await shop.orders(`POST /orders/${crypto.randomUUID()}/${verb}`, who)).status).toBe(403);
    const missing = await shop.orders(`POST /orders/${crypto.randomUUID()}/${verb}`, admin);
    expect(missing.body.code).toBe('order_not_found');
  });

  test.each(['0', '-1', 'abc', '%00', '1e3'])('of the id %s are not found', async (id) => {
    expect((await shop.orders(`GET /orders/${id}`, admin)).status).toBe(400);
  });
});

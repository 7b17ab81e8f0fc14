import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { student } from '../../tests/support/call.ts';
import { meteredCalls } from '../../tests/support/meter.ts';
import type { PeerStub } from '../../tests/support/peer.ts';
import { openShop, pending, shop, times } from '../../tests/support/shop.ts';

/** What went over the wire, and the capacity units that it took. */
const sent = meteredCalls();
let accounts: PeerStub;

beforeAll(async () => {
  ({ accounts } = await openShop());
});
beforeEach(() => {
  sent.length = 0;
});
afterAll(() => accounts.stop());

const operations = () => sent.map(({ operation }) => operation);

/** The units of the one transaction. DynamoDB Local leaves updates out of its count, so only its round trips are held. */
function expectUnits(units: number): void {
  if (process.env.CAMPUS_DYNAMODB !== 'local') expect(written()).toBe(units);
}
const written = () => sent.findLast(({ operation }) => operation === 'TransactWriteItems')?.units;

describe('buying', () => {
  test('takes two round trips, three with a key, and no unit above the least', async () => {
    const id = await shop.product();
    sent.length = 0;
    expect((await shop.buy(id)).status).toBe(201);
    expect(operations()).toEqual(['BatchGetItem', 'TransactWriteItems']);
    expect(sent[0]?.units).toBe(1);
    // Order, product, movement, ledger, and what the buyer owes, which a limit has to guard in the same transaction:
    // five items under 1 KB, twice the price there; three index entries.
    expectUnits(13);
    sent.length = 0;
    await shop.buy(id, student(), {}, 'metered');
    expect(operations()).toEqual(['GetItem', 'BatchGetItem', 'TransactWriteItems']);
    expectUnits(15);
  });
});

describe('an order', () => {
  // Beside two items for each line: the order, its reminder, the number of the buyer's unpaid orders and the answer under
  // its key, each under 1 KB until the lines of the order fill more; and its two index entries.
  test.each([
    [1, 10],
    [5, 10],
    [25, 14],
  ])('of %i lines takes four round trips, its lines and %i units', async (n, rest) => {
    const lines = (await times(n, () => shop.product())).map((id): [number, number] => [id, 1]);
    sent.length = 0;
    expect((await shop.order(lines, student(), `metered-${n}`)).status).toBe(201);
    // The last one takes the reminder out of the outbox, once SQS has it.
    expect(operations()).toEqual(['GetItem', 'BatchGetItem', 'TransactWriteItems', 'DeleteItem']);
    const [, read] = sent;
    expect(read?.units).toBe(n);
    expectUnits(4 * n + rest);
  });

  test('that changes its state costs the indexes nothing', async () => {
    const id = await pending(await shop.product());
    sent.length = 0;
    await shop.orders(`DELETE /orders/${id}`);
    // The order, its product, the movement and the number of unpaid orders, twice the price each.
    expectUnits(8);
  });

  test('is read in one round trip for one unit', async () => {
    const id = await pending(await shop.product());
    sent.length = 0;
    await shop.orders(`GET /orders/${id}`);
    expect(sent).toEqual([{ operation: 'GetItem', units: 1 }]);
  });
});

describe('a page', () => {
  test('of the catalogue costs what it shows, however much there is beside it', async () => {
    const named = (i: number) => shop.product({ name: `Cahier ${i}`, category: 'Pages' });
    await times(20, named);
    sent.length = 0;
    await shop.catalogue('GET /products?category=Pages&limit=10');
    const few = [...sent];
    await times(60, named);
    sent.length = 0;
    await shop.catalogue('GET /products?category=Pages&limit=10');
    expect(operations()).toEqual(['Query', 'BatchGetItem']);
    expect(sent).toEqual(few);
    expect(sent[1]?.units).toBe(10);
  });

  test('of purchases is one query', async () => {
    const id = await shop.product({ stock: 100 });
    await times(20, () => shop.buy(id, student('metered')));
    sent.length = 0;
    await shop.purchases('GET /orders/metered/purchases', student('metered'));
    expect(operations()).toEqual(['Query']);
    expect(sent[0]?.units).toBeLessThanOrEqual(1);
  });
});

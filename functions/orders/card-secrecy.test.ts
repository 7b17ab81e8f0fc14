import { expect, jest, test } from '@jest/globals';
import { student } from '../../tests/support/call.ts';
import { loggedLines } from '../../tests/support/logged.ts';
import { APPROVED, card, DECLINED, openShop, pending, shop } from '../../tests/support/shop.ts';
import { everything } from '../../tests/support/shop-books.ts';

test('a payment leaves no card number behind, neither in the table nor in the log', async () => {
  const { accounts, table } = await openShop();
  const lines = loggedLines();
  const id = await pending(await shop.product());
  await shop.pay(id, card(DECLINED), student(), 'a-key');
  await shop.pay(id, card(APPROVED), student(), 'another-key');
  jest.restoreAllMocks();
  await accounts.stop();
  const [items, log] = [JSON.stringify(await everything(table)), JSON.stringify(lines)];
  expect(items).toContain('4242');
  expect(log).toContain('POST /orders/{id}/payment');
  for (const number of ['4242424242424242', APPROVED, DECLINED]) {
    expect(items).not.toContain(number);
    expect(log).not.toContain(number);
  }
});

import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { clock } from '../../platform/base/clock.ts';
import { sqs } from '../../platform/events/queue.ts';
import type { PeerStub } from '../../tests/support/peer.ts';
import { APPROVED, openShop, pending, shop } from '../../tests/support/shop.ts';

let accounts: PeerStub;

beforeAll(async () => {
  ({ accounts } = await openShop());
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => accounts.stop());

const at = (instant: number) => jest.spyOn(clock, 'now').mockReturnValue(instant);
const stateOf = async (id: string) => (await shop.orders(`GET /orders/${id}`)).body.state;

describe('a reservation of 900 seconds', () => {
  const placed = Date.UTC(2030, 0, 15, 8);
  const orderedThen = async () => {
    at(placed);
    return pending(await shop.product());
  };

  test('says until when it holds', async () => {
    const id = await orderedThen();
    expect((await shop.orders(`GET /orders/${id}`)).body.reserved_until).toBe('2030-01-15T08:15:00.000Z');
  });

  test('holds to its last millisecond, whoever reminds of it', async () => {
    const id = await orderedThen();
    at(placed + 899_999);
    expect(await shop.remind(id)).toEqual([]);
    expect(await stateOf(id)).toBe('pending');
    expect((await shop.pay(id)).body.state).toBe('paid');
  });

  test('is looked at again when it ends, and no later, where its reminder came early', async () => {
    const delays: unknown[] = [];
    sqs.middlewareStack.add(
      (next) => (args) => {
        const { Entries = [] } = args.input as { Entries?: { DelaySeconds?: number }[] };
        delays.push(...Entries.map(({ DelaySeconds }) => DelaySeconds));
        return next(args);
      },
      { step: 'initialize', name: 'delays' },
    );
    const id = await orderedThen();
    at(placed + 600_000);
    expect(await shop.remind(id)).toEqual([]);
    sqs.middlewareStack.remove('delays');
    expect(delays).toEqual([900, 300]);
  });

  test('is over at its end, for the reminder and for a payment', async () => {
    const [reminded, paid] = [await orderedThen(), await orderedThen()];
    at(placed + 900_000);
    expect(await shop.remind(reminded)).toEqual([]);
    expect(await stateOf(reminded)).toBe('expired');
    expect((await shop.pay(paid)).body.code).toBe('illegal_transition');
    expect(await stateOf(paid)).toBe('expired');
  });
});

describe('a card', () => {
  // Whether a card is good is judged before the order is looked for.
  const payingWith = async (exp_month: number, exp_year: number) => {
    const card = { number: APPROVED, exp_month, exp_year };
    const { body } = await shop.pay(crypto.randomUUID(), { method: 'card', card });
    return body.errors?.[0] ?? body.code;
  };
  const expired = expect.objectContaining({ code: 'card_expired', pointer: '#/card/exp_year' });

  test.each([
    [4, 2031, Date.UTC(2031, 4, 1, 12)],
    [2, 2032, Date.UTC(2032, 2, 1, 12)],
    [12, 2031, Date.UTC(2032, 0, 1, 12)],
  ])('of %i/%i is good until its month ends where days end last, and no longer', async (month, year, end) => {
    at(end - 1);
    expect(await payingWith(month, year)).toBe('order_not_found');
    at(end);
    expect(await payingWith(month, year)).toEqual(expired);
  });
});

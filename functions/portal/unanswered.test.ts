import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type PeerStub, refuses, startPeer } from '../../tests/support/peer.ts';
import { accessToken, answering, servicesSaying } from '../../tests/support/services.ts';
import { toHandler, Visitor } from '../../tests/support/visitor.ts';
import { handler } from './portal.ts';

/* What a page says whose service did not answer. */

let services: PeerStub;

beforeAll(async () => {
  services = await startPeer();
});
afterAll(() => services.stop());

async function signedIn(): Promise<Visitor> {
  const visitor = new Visitor(toHandler(handler));
  visitor.jar.set('__Host-campus-access', `student~${await accessToken('victor')}`);
  return visitor;
}

/** The keys of what was sent to a path. */
const keysTo = (path: string) =>
  services.requests.filter(({ url }) => url === path).map(({ headers }) => headers['idempotency-key']);

test('a form may have been stored: the page says so, shows where to look, and sends it again under the same key', async () => {
  const path = '/orders/victor/buy';
  services.behave(answering({ ...servicesSaying('Awa'), [`POST ${path}`]: refuses(500, 'internal_error') }));
  const visitor = await signedIn();
  const lost = await visitor.submit(await visitor.get('/buy/1'), '/buy/1');
  expect(lost.status).toBe(503);
  expect(lost.text).toContain('nous ne savons pas si votre envoi a été enregistré');
  expect(lost.text).toContain('rien ne sera fait deux fois');
  expect(lost.text).toContain('href="/purchases">Voir ce qui est enregistré');
  await visitor.submit(lost, '/buy/1');
  const [first, second, ...more] = keysTo(path);
  expect(first).toMatch(/^[\w-]{8,64}$/);
  expect([second, more]).toEqual([first, []]);
});

test('a form of a card carries none in the page, and is not said to have been lost', async () => {
  const path = '/pay/1';
  services.behave(answering({ ...servicesSaying('Awa'), [`POST ${path}`]: refuses(500, 'internal_error') }));
  const visitor = await signedIn();
  const typed = {
    method: 'card',
    'card.number': '4242424242424242',
    'card.exp_month': '12',
    'card.exp_year': '2035',
  };
  const lost = await visitor.submit(await visitor.get('/portal/fees/pay'), '/portal/fees/pay', typed);
  expect(lost.status).toBe(503);
  expect(lost.text).toContain('nous ne savons pas si votre envoi a été enregistré');
  expect(lost.text).toContain('Voir ce qui est enregistré');
  expect(lost.text).not.toContain('4242');
});

test('a page that was only asked for stored nothing', async () => {
  services.behave(answering({ ...servicesSaying('Awa'), 'GET /products/1': refuses(500, 'internal_error') }));
  const { status, text } = await (await signedIn()).get('/buy/1');
  expect(status).toBe(503);
  expect(text).not.toContain('enregistré');
});

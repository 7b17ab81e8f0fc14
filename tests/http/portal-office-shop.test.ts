import { beforeAll, expect, test } from '@jest/globals';
import { call, logIn } from '../support/http.ts';
import { filled, letters, newcomer, workingAs } from '../support/office.ts';
import type { Visitor } from '../support/visitor.ts';

let office: Visitor;
beforeAll(async () => {
  office = await workingAs('admin', 'admin');
});

const CARD = { method: 'card', 'card.number': '4242424242424242', 'card.exp_month': '12', 'card.exp_year': '2035' };

test('an article is put on sale, bought, shipped, delivered, refunded; then it is taken off sale', async () => {
  const name = `Blouse ${letters()}`;
  const wrong = await filled(office, '/portal/shop/new', { name, price: '12,50', currency: 'XOF', stock: '3' });
  expect(wrong.text).toContain('id="price-error"');
  const made = await filled(office, '/portal/shop/new', { name, price: '4 500', currency: 'XOF', stock: '3' });
  expect(made.text).toContain('Article créé.');
  const listed = await office.get(`/portal/shop?q=${encodeURIComponent(name)}`);
  const id = Number(/\/portal\/shop\/(\d+)"/.exec(listed.text)?.[1]);
  const edited = await filled(office, `/portal/shop/${id}`, {
    name,
    price: '5 000',
    currency: 'XOF',
    stock: '2',
    active: 'yes',
  });
  expect(edited.text).toContain('Enregistré.');

  const [own, username, password] = await newcomer();
  const token = await logIn(username, password);
  const { body } = await call('POST', '/orders', { token, body: { items: [{ product_id: id, quantity: 2 }] } });
  await filled(own, `/portal/orders/${body.id}/pay`, CARD);
  const path = `/portal/shop/orders/${body.id}`;
  expect((await office.get(`/portal/shop/orders?username=${username}&state=paid`)).text).toContain(path);
  const shown = await office.get(path);
  expect(shown.text).toContain('10\u202f000');
  const shipped = await office.follow(await office.submit(shown, `${path}/ship`));
  expect(shipped.text).toContain('Commande expédiée.');
  const delivered = await office.follow(await office.submit(shipped, `${path}/deliver`));
  expect(delivered.text).toContain('Commande livrée.');
  // The tab that was open before: the service says no, and the page says why.
  expect((await office.submit(shown, `${path}/ship`)).status).toBe(409);
  const above = await filled(office, `${path}/refund`, { amount: '50 000' });
  expect([above.status, above.text.includes('id="amount-error"')]).toEqual([409, true]);
  const refunded = await filled(office, `${path}/refund`, { amount: '10 000', restock: 'yes' });
  expect(refunded.text).toContain('Commande remboursée.');

  const retired = await filled(office, `/portal/shop/${id}/retire`);
  expect(retired.text).toContain('Article retiré de la vente.');
  expect((await own.get('/home')).text).not.toContain(name);
});

test('an account becomes a teacher’s, is disabled, and is deleted', async () => {
  const [own, username] = await newcomer();
  await own.get('/home');
  const path = `/portal/accounts/${username}`;
  expect((await office.get(`/portal/accounts?q=${username}`)).text).toContain(path);
  const named = await filled(office, path, { role: 'teacher', first_name: 'Awa', last_name: 'Diallo' });
  expect(named.text).toContain('Enregistré.');
  expect(named.text).toMatch(/<option value="teacher" selected>/);
  expect(named.text).toContain('value="Diallo"');
  const disabled = await filled(office, path, {
    role: 'teacher',
    disabled: 'yes',
    first_name: 'Awa',
    last_name: 'Diallo',
  });
  expect(disabled.text).toMatch(/id="disabled"[^>]* checked/);
  const wrong = await filled(office, path, { role: 'teacher', email: 'nowhere' });
  expect([wrong.status, wrong.text.includes('id="email-error"')]).toEqual([400, true]);
  expect((await filled(office, `${path}/remove`)).text).toContain('Compte supprimé.');
  expect((await office.get(path)).status).toBe(404);
});

test('the last admin stays one', async () => {
  const refused = await filled(office, '/portal/accounts/admin', { role: 'teacher' });
  expect(refused.status).toBe(409);
  expect((await office.get('/portal/accounts/admin')).text).toMatch(/<option value="admin" selected>/);
});

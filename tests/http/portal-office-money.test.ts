import { beforeAll, describe, expect, test } from '@jest/globals';
import { call, logIn } from '../support/http.ts';
import { enrolled, filled, letters, newcomer, workingAs } from '../support/office.ts';
import type { Visitor } from '../support/visitor.ts';

let office: Visitor;
beforeAll(async () => {
  office = await workingAs('admin', 'admin');
});

describe('a fee of a class', () => {
  const class_name = `Frais ${letters()}`;
  const fee = {
    ...{ label: 'Scolarité', year: '2026-2027', currency: 'XOF', class_name },
    ...{ 'instalments.0.amount': '30 000', 'instalments.0.due_on': '2026-10-05' },
    ...{ 'instalments.1.amount': '20 000', 'instalments.1.due_on': '2027-01-05' },
  };

  test('is shown whole before it is charged, can be changed, and then stands in who owes what', async () => {
    const [id] = await enrolled(office, { class_name });
    const shown = await office.get('/portal/fees/new');
    const check = await office.submit(shown, '/portal/fees/new', fee);
    expect(check.text).toContain('Vérifiez avant de confirmer');
    expect(check.text).toContain('50\u202f000');
    expect((await office.get(`/portal/students/${id}/record`)).text).not.toContain('Scolarité ');
    const changed = await office.submit(check, '/portal/fees/new', { step: 'change' });
    expect(changed.text).toContain('value="30 000"');
    const done = await office.follow(await office.submit(check, '/portal/fees/new', { step: 'done' }));
    expect(done.text).toContain('Frais ajoutés.');
    expect(done.text).toContain(`/portal/students/${id}/record`);
    expect(done.text).toContain('100\u202f000');
  });

  test('that is refused says why at its field, with all that was typed', async () => {
    const wrong = await office.submit(await office.get('/portal/fees/new'), '/portal/fees/new', {
      ...{ ...fee, class_name: `Nulle part ${letters()}` },
    });
    const refused = await office.submit(wrong, '/portal/fees/new', { step: 'done' });
    expect(refused.status).toBe(404);
    expect(refused.text).toContain('id="class_name-error"');
    expect(refused.text).toContain('value="20 000"');
    const amount = { ...fee, 'instalments.1.amount': 'beaucoup' };
    const typed = await office.submit(await office.get('/portal/fees/new'), '/portal/fees/new', amount);
    expect(typed.text).toContain('id="instalments-1-amount-error"');
  });
});

test('a student pays what is due by card: a bad one is refused at its number, a good one settles all, with a receipt', async () => {
  const [own, username] = await newcomer();
  await enrolled(office, { username });
  expect((await own.get('/portal/fees')).text).toContain('/portal/fees/pay');
  const card = {
    method: 'card',
    'card.number': '4000 0000 0000 0002',
    'card.exp_month': '12',
    'card.exp_year': '2035',
  };
  const refused = await filled(own, '/portal/fees/pay', card);
  expect(refused.status).toBe(409);
  expect(refused.text).toContain('id="card-number-error"');
  expect(refused.text).not.toContain('4000 0000 0000 0002');
  const wrong = await filled(own, '/portal/fees/pay', { ...card, 'card.exp_month': '13' });
  expect(wrong.text).toContain('id="card-exp_month-error"');
  const paid = await filled(own, '/portal/fees/pay', { ...card, 'card.number': '4242424242424242' });
  expect(paid.text).toContain('Paiement confirmé.');
  expect(paid.text).toContain('Tout est réglé.');
  const receipt = /"([^"]*\/receipt)"/.exec(paid.text)?.[1] ?? '';
  expect((await own.get(receipt)).text).toContain('50\u202f000');
});

test('a guardian is told how to pay, and has no button that would be refused', async () => {
  const parent = await workingAs('parent', 'parent');
  const { text } = await parent.get('/portal/fees');
  expect(text).toContain('Comment payer');
  expect(text).toContain('Le paiement en ligne n’est ouvert que depuis le compte de l’élève.');
  expect(text).not.toContain('/portal/fees/pay');
  expect((await parent.get('/portal/fees/pay')).status).toBe(403);
});

test('a guardian has the pages of a child for whom nothing was marked yet', async () => {
  const [parent, username] = await newcomer();
  const last_name = `Muet${letters()}`;
  const [id] = await enrolled(office, { last_name });
  expect((await parent.get('/portal/fees')).text).toContain('Aucun élève n’est lié à votre compte.');
  const token = await logIn('admin', 'admin');
  await call('PUT', `/students/${id}/guardians`, { token, body: [username] });
  for (const path of ['/home', '/portal/fees', '/portal/marks', '/portal/report-cards'])
    expect([path, (await parent.get(path)).text.includes(last_name)]).toEqual([path, true]);
});

test('an order is paid for by card, once', async () => {
  const [own, username, password] = await newcomer();
  const token = await logIn(username, password);
  const { body } = await call('POST', '/orders', { token, body: { items: [{ product_id: 2, quantity: 1 }] } });
  const path = `/portal/orders/${body.id}/pay`;
  expect((await own.get(`/portal/orders/${body.id}`)).text).toContain(path);
  const shown = await own.get(path);
  const card = { method: 'card', 'card.number': '4242424242424242', 'card.exp_month': '12', 'card.exp_year': '2035' };
  const answers = await Promise.all([1, 2].map(() => own.submit(shown, path, card)));
  for (const { status } of answers) expect([303, 409, 503]).toContain(status);
  const { text } = await own.get(`/portal/orders/${body.id}`);
  expect(text).toContain('payée');
  expect(text).not.toContain(path);
});

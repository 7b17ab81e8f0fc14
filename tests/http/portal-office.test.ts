import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { call, logIn } from '../support/http.ts';
import { aPhone, enrolled, filled, letters, newcomer, workingAs } from '../support/office.ts';
import type { Visitor } from '../support/visitor.ts';

let office: Visitor;
beforeAll(async () => {
  office = await workingAs('admin', 'admin');
});

test('enrol, find by three letters, take a payment, print its receipt, reverse it, waive the rest, notify', async () => {
  const last_name = `Zy${letters()}`;
  const [id, record] = await enrolled(office, { last_name });
  expect(record.text).toContain('Élève inscrit(e).');
  expect(record.text).toContain(`Awa ${last_name}`);
  expect((await office.get(`/portal/students?q=${last_name.slice(0, 3)}`)).text).toContain(
    `/portal/students/${id}/record`,
  );

  const path = `/portal/students/${id}`;
  const paid = await filled(office, `${path}/pay`, { amount: '20 000', method: 'cash', payer: 'Sa mère' });
  expect(paid.text).toContain('Paiement enregistré.');
  expect(paid.text).toContain('30\u202f000');
  const payment = /payments\/([\w-]+)\/receipt/.exec(paid.text)?.[1];
  const receipt = await office.get(`${path}/payments/${payment}/receipt`);
  expect(receipt.text).toContain('20\u202f000');
  expect(receipt.text).toContain('Lycée Campus');

  const above = await filled(office, `${path}/pay`, { amount: '1 000 000', method: 'cash' });
  expect(above.status).toBe(409);
  expect(above.text).toContain('id="amount-error"');
  expect(above.text).toContain('value="1 000 000"');

  const reversed = await filled(office, `${path}/payments/${payment}/reverse`, { reason: 'Erreur de caisse' });
  expect(reversed.text).toContain('Paiement annulé.');
  expect(reversed.text).toContain('50\u202f000');
  expect((await office.get(`${path}/payments/${payment}/receipt`)).text).toContain('Erreur de caisse');
  const waived = await filled(office, `${path}/waive`, { percent: '50', reason: 'Bourse' });
  expect(waived.text).toContain('Remise enregistrée.');
  expect(waived.text).toContain('25\u202f000');

  const notified = await office.follow(await office.submit(waived, `${path}/notify`));
  expect(notified.text).toContain('Notification envoyée');
});

test('a second click on the button takes one payment', async () => {
  const [id] = await enrolled(office);
  const path = `/portal/students/${id}/pay`;
  const shown = await office.get(path);
  const typed = { amount: '10 000', method: 'transfer', reference: randomUUID() };
  const answers = await Promise.all([1, 2, 3].map(() => office.submit(shown, path, typed)));
  for (const { status } of answers) expect([303, 409, 503]).toContain(status);
  const { text } = await office.get(`/portal/students/${id}/record`);
  expect(text.match(/\/receipt"/g)).toHaveLength(1);
});

test('edit, name guardians and contacts, change class, leave', async () => {
  const [id] = await enrolled(office);
  const path = `/portal/students/${id}`;
  const edited = await filled(office, `${path}/edit`, { first_name: 'Fatou', last_name: 'Ndao', phone: aPhone() });
  expect(edited.text).toContain('Enregistré.');
  expect(edited.text).toContain('Fatou Ndao');
  const unknown = await filled(office, `${path}/guardians`, { 'guardians.0.username': `nobody${letters()}` });
  expect(unknown.status).toBe(409);
  expect(unknown.text).toContain('id="guardians-0-username-error"');
  const guarded = await filled(office, `${path}/guardians`, {
    ...{ 'guardians.0.username': 'parent', 'guardians.0.relation': 'tante', 'guardians.0.legal': 'yes' },
  });
  expect(guarded.text).toContain('<strong>parent</strong>');
  expect((await office.get(`${path}/guardians`)).text).toContain('value="tante"');
  const contacts = { 'contacts.0.name': 'Moussa Ndao', 'contacts.0.relation': 'père', 'contacts.0.phone': '12' };
  const wrong = await filled(office, `${path}/contacts`, contacts);
  expect(wrong.text).toContain('id="contacts-0-phone-error"');
  expect(wrong.text).toContain('value="Moussa Ndao"');
  const named = await filled(office, `${path}/contacts`, { ...contacts, 'contacts.0.phone': aPhone() });
  expect(named.text).toContain('<strong>Moussa Ndao</strong>');
  const moved = await filled(office, `${path}/class`, { class_name: 'Cinquième Bureau' });
  expect(moved.text).toContain('Classe changée.');
  expect(moved.text).toContain('Cinquième Bureau');
  const on = new Date().toISOString().slice(0, 10);
  const left = await filled(office, `${path}/leave`, { on, reason: 'Déménagement' });
  expect(left.text).toContain('Départ enregistré.');
  expect(left.text).toContain('Déménagement');
});

test('two colleagues at once: the second is shown what the first has stored', async () => {
  const [id] = await enrolled(office);
  const path = `/portal/students/${id}/edit`;
  const [first, second] = [await office.get(path), await office.get(path)];
  const kept = { first_name: 'Awa', last_name: 'Deux', phone: aPhone() };
  expect((await office.submit(first, path, { ...kept, birth_place: 'Thiès' })).status).toBe(303);
  const refused = await office.submit(second, path, { ...kept, birth_place: 'Dakar' });
  expect(refused.status).toBe(412);
  expect(refused.text).toContain('value="Dakar"');
  expect(refused.text).toContain('a enregistré\u00a0: Thiès');
  expect((await office.follow(await office.submit(refused, path, { ...kept, birth_place: 'Dakar' }))).text).toContain(
    'Dakar',
  );
});

test('who was removed by mistake comes back, with what they had', async () => {
  const [id, record] = await enrolled(office, { last_name: 'Retour' });
  const removed = await filled(office, `/portal/students/${id}/remove`);
  expect(removed.text).toContain('Élève retiré(e).');
  expect(removed.text).toContain(`value="${id}"`);
  expect((await office.get(`/portal/students/${id}/record`)).status).toBe(404);
  const restored = await filled(office, '/portal/students/restore', { id });
  expect(restored.text).toContain('Élève rétabli(e).');
  expect(restored.text).toContain('Awa Retour');
  expect(record.text).toContain('Awa Retour');
});

test('who registered by themself waits, and is accepted into the class that they asked for', async () => {
  const [, username, password] = await newcomer();
  const token = await logIn(username, password);
  const body = { name: `Moi ${letters()}`, phone: aPhone(), class_name: 'Sixième Bureau' };
  const { body: registered } = await call('POST', '/register', { token, body });
  expect((await office.get('/portal/students?status=pending')).text).toContain(`/students/${registered.id}/record`);
  const accepted = await filled(office, `/portal/students/${registered.id}/accept`, { class_name: 'Sixième Bureau' });
  expect(accepted.text).toContain('Inscription acceptée.');
  expect(accepted.text).toContain('inscrit(e)');
});

describe('whose pages these are', () => {
  test('a teacher and a student are told that they are not theirs', async () => {
    for (const [username, password] of [
      ['prof', 'prof'],
      ['victor', '1234'],
    ] as const) {
      const one = await workingAs(username, password);
      const { status, text } = await one.get('/portal/students');
      expect([status, text.includes('Accès réservé')]).toEqual([403, true]);
    }
  });

  test('a cookie that claims another role opens nothing: the services decide', async () => {
    const one = await workingAs('victor', '1234');
    const access = one.jar.get('__Host-campus-access') ?? '';
    one.jar.set('__Host-campus-access', access.replace(/^student/, 'admin'));
    const { text } = await one.get('/portal/students');
    expect(text).not.toContain('Fatou Diop');
    expect((await one.get('/portal/students/2/record')).status).toBe(404);
  });
});

import { beforeAll, describe, expect, test } from '@jest/globals';
import { admin, call, guardian, type Identity, student, teacher } from '../../../tests/support/call.ts';
import { ledgerOf, pay, reverse } from '../../../tests/support/fees.ts';
import { registered } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler } from '../documents.ts';

let id = 0;
let payment = '';

const print = (as: Identity, one = payment, whose = id, query = '') =>
  call(handler, `GET /students/${whose}/payments/${one}/receipt.pdf${query}`, { as });

beforeAll(async () => {
  await createContext('registration', 'grades');
  id = await registered({ class_name: '3B' });
  await pay(id, { amount: 20_000, method: 'cash' });
  payment = (await ledgerOf(id)).payments[0].id;
});

describe('a receipt as PDF', () => {
  test('is named by its number', async () => {
    const { status, headers, base64, text } = await print(admin);
    expect([status, headers['Content-Type'], base64]).toEqual([200, 'application/pdf', true]);
    expect(headers['Content-Disposition']).toMatch(/^inline; filename="Recu de paiement N \d{4}-\d{6}\.pdf"/);
    expect(Buffer.from(text, 'base64').toString('latin1', 0, 5)).toBe('%PDF-');
  });

  test('is nobody else’s, and no other payment’s', async () => {
    for (const as of [teacher, student('stranger'), guardian('stranger')])
      expect((await print(as)).body).toMatchObject({ status: 404, code: 'student_not_found' });
    const other = '0192d2f0-0000-7000-8000-000000000000';
    expect((await print(admin, other)).body).toMatchObject({ status: 404, code: 'payment_not_found' });
    expect((await print(admin, payment, id + 1)).body).toMatchObject({ status: 404 });
  });

  test('of a payment that was reversed is another document', async () => {
    const before = await print(admin);
    expect((await print(admin)).text).toBe(before.text);
    await reverse(id, payment);
    expect((await print(admin)).text).not.toBe(before.text);
    expect((await print(admin, payment, id, '?lang=en')).headers['Content-Disposition']).toContain('Receipt No. ');
  });
});

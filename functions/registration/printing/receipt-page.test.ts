import { beforeAll, describe, expect, test } from '@jest/globals';
import { accountWith, PAYMENT, REVERSAL, schoolOf } from '../../../tests/support/documents.ts';
import type { Entry } from '../fees/ledger.ts';
import { receiptPage } from './receipt-page.ts';

beforeAll(() => {
  Object.assign(process.env, { ENROLMENT_FEE_AMOUNT: '50000', ENROLMENT_FEE_CURRENCY: 'XOF' });
});

const page = (more: readonly Entry[] = [], language: 'fr' | 'en' = 'fr', payment = PAYMENT) =>
  receiptPage(7, payment, accountWith('Awa Diop', ...more), schoolOf(), language);

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll(/[\u00a0\u202f]/g, ' '));

describe('a receipt', () => {
  test('tells its number, who paid what for whom, and how', () => {
    expect(plain(page())).toMatchObject({
      ...{ kind: 'Reçu de paiement', number: 'N° 2026-000042', void: null, amount: '125 000 F CFA', settles: null },
      facts: [
        ['Élève', 'Awa Diop'],
        ['Classe', '4e B'],
        ['Reçu de', 'M. Ibrahima Diop'],
        ['Reçu le', '19 octobre 2026'],
        ['Mode', 'Virement'],
        ['Référence', 'BOA-8831'],
      ],
      note: 'Enregistré le 20 octobre 2026 par admin.',
    });
  });

  test('tells which fees it covered, the oldest first, and what was owed after it', () => {
    expect(plain(page().covered.rows)).toEqual([
      ['Frais d’inscription', '50 000 F CFA', '0 F CFA'],
      ['Scolarité · 2026-2027', '75 000 F CFA', '75 000 F CFA'],
    ]);
    expect(plain(page().balance)).toBe('Reste dû après ce paiement : 75 000 F CFA');
    expect(plain(page([], 'en').balance)).toBe('Still owed after this payment: F CFA 75,000');
  });

  test('stays what it was, whatever is paid, charged or waived later', () => {
    const later = '2026-11-01T00:00:00.000Z';
    const paid: Entry = {
      ...PAYMENT,
      id: '0193a1c0-0000-7000-8000-000000000009',
      amount: 75_000,
      settles: 75_000,
      at: later,
    };
    expect(page([paid])).toEqual(page());
  });

  test('of a payment that was reversed says that it is void, and why', () => {
    expect(page([REVERSAL]).void).toBe(
      'Paiement annulé le 25 octobre 2026 : ce reçu est nul. Motif : Chèque sans provision',
    );
  });

  test('in another currency says what it settles, and what is paid ahead', () => {
    const euros = { ...PAYMENT, amount: 38_112, currency: 'EUR', settles: 250_000 };
    const account = { ...accountWith('Awa Diop'), entries: [...accountWith('x').entries.slice(0, 2), euros] };
    const { amount, settles, covered, balance } = receiptPage(7, euros, account, schoolOf(), 'fr');
    expect(plain([amount, settles, balance])).toEqual([
      ...['381,12 €', 'soit 250 000 F CFA de ce qui est dû', 'Avance après ce paiement : 50 000 F CFA'],
    ]);
    expect(plain(covered.rows.at(-1))).toEqual(['Avance', '50 000 F CFA', '']);
  });

  test('from before receipts were numbered, of a student who was deleted, says so and names nobody', () => {
    const { receipt: _, ...unnumbered } = PAYMENT;
    const account = { student: undefined, entries: [unnumbered] };
    const { number, facts } = receiptPage(7, unnumbered, account, schoolOf(), 'fr');
    expect(number).toBe('Sans numéro');
    expect(facts.map(([name]) => name)).not.toContain('Élève');
  });
});

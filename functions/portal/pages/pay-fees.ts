import type * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { ROLES } from '../../../platform/http/access.ts';
import { html } from '../../../platform/http/html.ts';
import { missing, Refusal } from '../kit/api.ts';
import { CARD, CARD_CODES, cardValues, methodIn, methodOptions } from '../kit/card.ts';
import { type Child, familyOf } from '../kit/children.ts';
import { formPage, keyOf } from '../kit/form-page.ts';
import type { Visit } from '../kit/visit.ts';
import { money } from '../kit/write.ts';
import { isTheirs, Ledger } from './fees.ts';

const WORDS = {
  title: { fr: 'Payer les frais', en: 'Pay the fees' },
  fees: { fr: 'Frais', en: 'Fees' },
  owed: { fr: 'À payer', en: 'To pay' },
  card: { fr: 'Si vous payez par carte', en: 'If you pay by card' },
} satisfies Record<string, Localized>;

interface Bill {
  readonly child: Child;
  readonly ledger: z.output<typeof Ledger>;
}

async function billOf(visit: Visit): Promise<Bill> {
  const { child } = await familyOf(visit);
  if (!child) throw missing();
  const [ledger, own] = await Promise.all([
    visit.api.get(`/students/${child.id}/payments`, Ledger),
    isTheirs(visit, child.id),
  ]);
  // The service takes it from the student alone: nobody is to fill in a card in vain.
  if (!own) throw new Refusal({ status: 403, headers: {}, body: { code: 'forbidden' } });
  return { child, ledger };
}

/** `/portal/fees/pay`: all that is owed, at once, by a simulated card or transfer. */
export const payFeesPage = formPage<Bill>({
  path: '/portal/fees/pay',
  roles: ROLES,
  know: billOf,
  title: (visit) => visit.say(WORDS.title),
  back: (visit) => ({ path: '/portal/fees', text: visit.say(WORDS.fees) }),
  above: (visit, { child, ledger: { balance, currency } }) =>
    html`<p class="lead">${child.name}. ${visit.say(WORDS.owed)}${visit.colon}<strong>${money(Math.max(0, balance), currency, visit.language)}</strong></p>`,
  groups: (visit) => [
    {
      controls: [
        {
          name: 'method',
          label: { fr: 'Moyen de paiement', en: 'Means of payment' },
          as: 'choice',
          required: true,
          options: methodOptions(visit, ['card', 'transfer']),
        },
      ],
    },
    { legend: visit.say(WORDS.card), controls: CARD },
  ],
  values: cardValues,
  codes: { ...CARD_CODES, nothing_due: 'method' },
  button: { fr: 'Payer', en: 'Pay' },
  async send(visit, { child, ledger: { balance, currency } }) {
    // What was seen is what is paid: where more is owed by now, the service says so.
    const amount = balance > 0 ? { amount: balance, currency } : {};
    await visit.api.send('POST', `/pay/${child.id}`, { body: { ...methodIn(visit), ...amount }, key: keyOf(visit) });
    return { to: '/portal/fees', news: 'paid' };
  },
});

import type { Localized } from '../../../platform/base/language.ts';
import { ROLES } from '../../../platform/http/access.ts';
import { html } from '../../../platform/http/html.ts';
import { missing } from '../kit/api.ts';
import { CARD, CARD_CODES, cardValues, methodIn, methodOptions } from '../kit/card.ts';
import { formPage, keyOf } from '../kit/form-page.ts';
import type { Visit } from '../kit/visit.ts';
import { money } from '../kit/write.ts';
import { Order } from './orders.ts';

const WORDS = {
  title: { fr: 'Payer la commande', en: 'Pay for the order' },
  back: { fr: 'La commande', en: 'The order' },
  total: { fr: 'À payer', en: 'To pay' },
  card: { fr: 'Si vous payez par carte', en: 'If you pay by card' },
} satisfies Record<string, Localized>;

function orderOf(visit: Visit): Promise<Order> {
  const id = /^[\da-f-]{36}$/.exec(visit.variables.id ?? '')?.[0];
  if (!id) throw missing();
  return visit.api.get(`/orders/${id}`, Order);
}

/** `/portal/orders/{id}/pay`: by a simulated card, mobile money, or cash at the office. */
export const payOrderPage = formPage<Order>({
  path: '/portal/orders/{id}/pay',
  roles: ROLES,
  know: orderOf,
  title: (visit) => visit.say(WORDS.title),
  back: (visit, { id }) => ({ path: `/portal/orders/${id}`, text: visit.say(WORDS.back) }),
  above: (visit, { total, currency, items }) =>
    html`<p class="lead">${items.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ')}. ${visit.say(WORDS.total)}${visit.colon}<strong>${money(total, currency, visit.language)}</strong></p>`,
  groups: (visit) => [
    {
      controls: [
        {
          name: 'method',
          label: { fr: 'Moyen de paiement', en: 'Means of payment' },
          as: 'choice',
          required: true,
          options: methodOptions(visit, ['card', 'mobile_money', 'cash']),
        },
      ],
    },
    { legend: visit.say(WORDS.card), controls: CARD },
  ],
  values: cardValues,
  codes: CARD_CODES,
  button: { fr: 'Payer', en: 'Pay' },
  async send(visit, { id }) {
    await visit.api.send('POST', `/orders/${id}/payment`, { body: methodIn(visit), key: keyOf(visit) });
    return { to: `/portal/orders/${id}`, news: 'paid' };
  },
});

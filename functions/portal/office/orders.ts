import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { amountIn, amountText } from '../kit/amounts.ts';
import { attempt, type Listed, missing } from '../kit/api.ts';
import { type Control, controlRow } from '../kit/form-controls.ts';
import { formPage, keyOf } from '../kit/form-page.ts';
import { tokenField } from '../kit/frame.ts';
import { withQuery } from '../kit/page.ts';
import { empty, panel, table } from '../kit/parts.ts';
import { officePage } from '../kit/roles.ts';
import type { Visit } from '../kit/visit.ts';
import { moment, money } from '../kit/write.ts';
import { linesOf, Order, STATES, stateOf } from '../pages/orders.ts';

const WORDS = {
  title: { fr: 'Toutes les commandes', en: 'All orders' },
  shop: { fr: 'Boutique', en: 'Shop' },
  order: { fr: 'Commande du', en: 'Order of' },
  date: { fr: 'Date', en: 'Date' },
  who: { fr: 'Client', en: 'Customer' },
  what: { fr: 'Articles', en: 'Articles' },
  state: { fr: 'État', en: 'State' },
  total: { fr: 'Total', en: 'Total' },
  any: { fr: 'Tous', en: 'All' },
  show: { fr: 'Afficher', en: 'Show' },
  none: { fr: 'Aucune commande.', en: 'No order.' },
  next: { fr: 'Suite', en: 'Next' },
  more: { fr: 'Suite de la liste', en: 'More of the list' },
  ship: { fr: 'Marquer expédiée', en: 'Mark as shipped' },
  deliver: { fr: 'Marquer livrée', en: 'Mark as delivered' },
  refund: { fr: 'Rembourser', en: 'Refund' },
  refunded: { fr: 'Remboursé', en: 'Given back' },
} satisfies Record<string, Localized>;

const PAGE = '/portal/shop/orders';

const filters = (visit: Visit): readonly Control[] => [
  {
    name: 'state',
    label: WORDS.state,
    as: 'choice',
    bare: true,
    options: [
      { value: '', text: visit.say(WORDS.any) },
      ...Object.entries(STATES).map(([value, text]) => ({ value, text: visit.say(text) })),
    ],
  },
  {
    name: 'username',
    label: { fr: 'Nom d’utilisateur', en: 'Username' },
    maxLength: 64,
    autocomplete: 'off',
    bare: true,
  },
];

function orderTable(
  visit: Visit,
  { items, next }: Listed<readonly Order[]>,
  query: Record<string, string | undefined>,
): Html {
  if (items.length === 0 && !next) return empty(visit.say(WORDS.none));
  const { language } = visit;
  const columns = [
    ...(['date', 'who', 'what', 'state'] as const).map((name) => ({ name: visit.say(WORDS[name]) })),
    { name: visit.say(WORDS.total), numeric: true },
  ];
  const rows = items.map((order) => [
    html`<a href="${visit.to(`${PAGE}/${order.id}`)}">${moment(order.created_at, visit)}</a>`,
    order.username,
    order.items.map(({ name, quantity }) => `${quantity} × ${name}`).join(', '),
    stateOf(visit, order),
    money(order.total, order.currency, language),
  ]);
  const onward = next && withQuery(PAGE, { ...query, cursor: next });
  return html`${table(visit.say(WORDS.title), columns, rows)}${onward && html`<nav class="pager" aria-label="${visit.say(WORDS.more)}"><a href="${visit.to(onward)}">${visit.say(WORDS.next)}</a></nav>`}`;
}

/** `/portal/shop/orders`: everybody's, newest first. */
export const allOrdersPage = officePage(PAGE, async (visit) => {
  const given = (name: string) => visit.query.get(name)?.trim() || undefined;
  const query = { state: given('state'), username: given('username') };
  const path = withQuery('/orders', { ...query, limit: '50', cursor: given('cursor') });
  const outcome = await attempt(visit.api.list(path, z.array(Order)));
  const title = visit.say(WORDS.title);
  return {
    title,
    body: html`<p><a href="${visit.to('/portal/shop')}">${visit.say(WORDS.shop)}</a></p><h1>${title}</h1>
<form class="search" action="${visit.to(PAGE)}">${filters(visit).map((one) => controlRow(visit, one, visit.query.get(one.name) ?? ''))}<button class="quiet">${visit.say(WORDS.show)}</button></form>
${panel(visit, { id: 'orders', title: visit.say(WORDS.what), outcome }, (one) => orderTable(visit, one, query))}`,
  };
});

function orderOf(visit: Visit): Promise<Order> {
  const id = /^[\da-f-]{36}$/.exec(visit.variables.id ?? '')?.[0];
  if (!id) throw missing();
  return visit.api.get(`/orders/${id}`, Order);
}

const titleOf = (visit: Visit, { created_at }: Order): string =>
  `${visit.say(WORDS.order)} ${moment(created_at, visit)}`;

/** What the office may do with an order as it stands; the service says no to the rest. */
function actionsOf(visit: Visit, { id, state }: Order, token: string): Html {
  const button = (action: 'ship' | 'deliver') =>
    html`<form method="post" action="${visit.to(`${PAGE}/${id}/${action}`)}">${tokenField(token)}<button>${visit.say(WORDS[action])}</button></form>`;
  const refund = html`<a class="button quiet" href="${visit.to(`${PAGE}/${id}/refund`)}">${visit.say(WORDS.refund)}</a>`;
  const paid = ['paid', 'shipped', 'delivered'].includes(state);
  return html`<div class="actions">${state === 'paid' && button('ship')} ${state === 'shipped' && button('deliver')} ${paid && refund}</div>`;
}

/** `/portal/shop/orders/{id}`. */
export const officeOrderPage = officePage(`${PAGE}/{id}`, async (visit) => {
  const [order, token] = await Promise.all([orderOf(visit), visit.formToken()]);
  const title = titleOf(visit, order);
  const { total, currency, refunded_amount, username } = order;
  return {
    title,
    body: html`<p><a href="${visit.to(PAGE)}">${visit.say(WORDS.title)}</a></p><h1>${title}</h1>
<p class="lead">${username} <span class="badge">${stateOf(visit, order)}</span></p>
${linesOf(visit, order)}<p class="price above">${visit.say(WORDS.total)}${visit.colon}${money(total, currency, visit.language)}</p>
${refunded_amount > 0 && html`<p>${visit.say(WORDS.refunded)}${visit.colon}${money(refunded_amount, currency, visit.language)}</p>`}
${actionsOf(visit, order, token)}`,
  };
});

const back = (visit: Visit, order: Order) => ({ path: `${PAGE}/${order.id}`, text: titleOf(visit, order) });

/** A move that takes no more than a button. */
const move = (action: 'ship' | 'deliver', news: 'order_shipped' | 'order_delivered') =>
  formPage<Order>({
    path: `${PAGE}/{id}/${action}`,
    know: orderOf,
    title: (visit) => visit.say(WORDS[action]),
    back,
    button: WORDS[action],
    async send(visit, { id }) {
      await visit.api.send('POST', `/orders/${id}/${action}`);
      return { to: `${PAGE}/${id}`, news };
    },
  });

export const shipPage = move('ship', 'order_shipped');
export const deliverPage = move('deliver', 'order_delivered');

/** `/portal/shop/orders/{id}/refund`: all of it unless less is typed. */
export const refundPage = formPage<Order>({
  path: `${PAGE}/{id}/refund`,
  know: orderOf,
  title: (visit) => visit.say(WORDS.refund),
  back,
  groups: () => [
    {
      controls: [
        {
          name: 'amount',
          label: { fr: 'Montant à rendre', en: 'Amount to give back' },
          required: true,
          inputMode: 'decimal',
          maxLength: 20,
          autocomplete: 'off',
        },
        {
          name: 'restock',
          label: { fr: 'Les articles sont revenus en stock', en: 'The articles are back in stock' },
          as: 'tick',
        },
      ],
    },
  ],
  values: (_, { total, refunded_amount, currency }) => ({ amount: amountText(total - refunded_amount, currency) }),
  codes: { refund_above_payment: 'amount' },
  button: WORDS.refund,
  danger: true,
  async send(visit, { id, currency }) {
    const body = { amount: amountIn(visit, 'amount', currency), restock: visit.typed('restock') === 'yes' };
    await visit.api.send('POST', `/orders/${id}/refund`, { body, key: keyOf(visit) });
    return { to: `${PAGE}/${id}`, news: 'order_refunded' };
  },
});

import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { tokenField } from '../kit/frame.ts';
import { page, withQuery } from '../kit/page.ts';
import { empty, pager, table } from '../kit/parts.ts';
import { notFound } from '../kit/screens.ts';
import type { Visit } from '../kit/visit.ts';
import { moment, money, number } from '../kit/write.ts';

/** What may have become of an order. */
export const STATES = {
  pending: { fr: 'à payer', en: 'to be paid' },
  paid: { fr: 'payée', en: 'paid' },
  shipped: { fr: 'expédiée', en: 'shipped' },
  delivered: { fr: 'livrée', en: 'delivered' },
  cancelled: { fr: 'annulée', en: 'cancelled' },
  expired: { fr: 'expirée', en: 'expired' },
  refunded: { fr: 'remboursée', en: 'refunded' },
} satisfies Record<string, Localized>;

/** An order, as its owner and the office see it. */
export const Order = z.object({
  id: z.string(),
  username: z.string(),
  state: z.string(),
  items: z.array(z.object({ product_id: z.int(), name: z.string(), price: z.int(), quantity: z.int() })),
  total: z.int(),
  currency: z.string(),
  refunded_amount: z.int(),
  reserved_until: z.string().optional(),
  created_at: z.string(),
});
export type Order = z.output<typeof Order>;

const WORDS = {
  title: { fr: 'Commandes', en: 'Orders' },
  order: { fr: 'Commande du', en: 'Order of' },
  date: { fr: 'Date', en: 'Date' },
  state: { fr: 'État', en: 'State' },
  what: { fr: 'Articles', en: 'Articles' },
  total: { fr: 'Total', en: 'Total' },
  quantity: { fr: 'Quantité', en: 'Quantity' },
  each: { fr: 'Prix unitaire', en: 'Price each' },
  none: { fr: 'Vous n’avez aucune commande.', en: 'You have no order.' },
  shop: { fr: 'Voir les articles', en: 'See the articles' },
  pay: { fr: 'Payer', en: 'Pay' },
  cancel: { fr: 'Annuler la commande', en: 'Cancel the order' },
  kept: { fr: 'Les articles vous sont gardés jusqu’au', en: 'The articles are kept for you until' },
  refunded: { fr: 'Remboursé', en: 'Given back' },
  all: { fr: 'Toutes les commandes', en: 'All orders' },
} satisfies Record<string, Localized>;

/** What became of an order, in a word. */
export const stateOf = (visit: Visit, { state }: Order): string =>
  Object.hasOwn(STATES, state) ? visit.say(STATES[state as keyof typeof STATES]) : state;

/** `/portal/orders`: one's own, newest first; to an admin everybody's. */
export const ordersPage = page({
  path: '/portal/orders',
  async get(visit) {
    const { language } = visit;
    const cursor = visit.query.get('cursor') ?? undefined;
    const { items, next } = await visit.api.list(withQuery('/orders', { limit: '20', cursor }), z.array(Order));
    const columns = [
      { name: visit.say(WORDS.date) },
      { name: visit.say(WORDS.what) },
      { name: visit.say(WORDS.state) },
      { name: visit.say(WORDS.total), numeric: true },
    ];
    const rows = items.map((order) => [
      html`<a href="${visit.to(`/portal/orders/${order.id}`)}">${moment(order.created_at, visit)}</a>`,
      order.items.map(({ name, quantity }) => `${quantity} × ${name}`).join(', '),
      stateOf(visit, order),
      money(order.total, order.currency, language),
    ]);
    const title = visit.say(WORDS.title);
    const shop = { path: visit.to('/home'), text: visit.say(WORDS.shop) };
    return {
      title,
      body: html`<h1>${title}</h1>
${rows.length > 0 ? table(title, columns, rows) : empty(visit.say(WORDS.none), shop)}
${pager(visit, '/portal/orders', next)}`,
    };
  },
});

/** What was ordered. */
export function linesOf(visit: Visit, { items, currency }: Order): Html {
  const { language } = visit;
  const columns = [
    { name: visit.say(WORDS.what) },
    { name: visit.say(WORDS.quantity), numeric: true },
    { name: visit.say(WORDS.each), numeric: true },
  ];
  const rows = items.map(({ name, quantity, price }) => [
    name,
    number(quantity, language),
    money(price, currency, language),
  ]);
  return table(visit.say(WORDS.what), columns, rows);
}

const cancelForm = async (visit: Visit, { id, reserved_until }: Order): Promise<Html> =>
  html`${reserved_until && html`<p class="quiet">${visit.say(WORDS.kept)} ${moment(reserved_until, visit)}.</p>`}
<form class="actions" method="post" action="${visit.to(`/portal/orders/${id}`)}">${tokenField(await visit.formToken())}<a class="button" href="${visit.to(`/portal/orders/${id}/pay`)}">${visit.say(WORDS.pay)}</a> <button class="danger">${visit.say(WORDS.cancel)}</button></form>`;

const idOf = ({ variables }: Visit): string | undefined => /^[\da-f-]{36}$/.exec(variables.id ?? '')?.[0];

/** `/portal/orders/{id}`: one order, which its owner may cancel while it is not paid. */
export const orderPage = page({
  path: '/portal/orders/{id}',
  keeps: false,
  async get(visit) {
    const id = idOf(visit);
    if (!id) return notFound(visit);
    const order = await visit.api.get(`/orders/${id}`, Order);
    const { language } = visit;
    const title = `${visit.say(WORDS.order)} ${moment(order.created_at, visit)}`;
    const { refunded_amount, currency, total, state } = order;
    return {
      title,
      body: html`<p><a href="${visit.to('/portal/orders')}">${visit.say(WORDS.all)}</a></p><h1>${title}</h1>
<p><span class="badge${state === 'pending' && ' warning'}">${stateOf(visit, order)}</span></p>
${linesOf(visit, order)}
<p class="price above">${visit.say(WORDS.total)}${visit.colon}${money(total, currency, language)}</p>
${refunded_amount > 0 && html`<p>${visit.say(WORDS.refunded)}${visit.colon}${money(refunded_amount, currency, language)}</p>`}
${state === 'pending' && (await cancelForm(visit, order))}`,
    };
  },
  async post(visit) {
    const id = idOf(visit);
    if (!id) return notFound(visit);
    await visit.api.send('DELETE', `/orders/${id}`);
    return { to: `/portal/orders/${id}`, news: 'cancelled' };
  },
});

import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { html } from '../../../platform/http/html.ts';
import { page, withQuery } from '../kit/page.ts';
import { empty, pager, table } from '../kit/parts.ts';
import { sessionIn } from '../kit/visit.ts';
import { day, money, number } from '../kit/write.ts';

const Purchases = z.object({
  purchases: z.array(
    z.object({
      order_id: z.string(),
      article: z.object({ id: z.int(), name: z.string() }),
      quantity: z.int(),
      price: z.int(),
      currency: z.string(),
      at: z.string(),
    }),
  ),
});

const WORDS = {
  title: { fr: 'Vos achats', en: 'Your purchases' },
  article: { fr: 'Article', en: 'Article' },
  day: { fr: 'Date', en: 'Date' },
  quantity: { fr: 'Quantité', en: 'Quantity' },
  price: { fr: 'Prix unitaire', en: 'Price each' },
  order: { fr: 'Commande', en: 'Order' },
  see: { fr: 'Voir', en: 'See' },
  none: { fr: 'Vous n’avez encore rien acheté.', en: 'You have bought nothing yet.' },
  shop: { fr: 'Voir les articles', en: 'See the articles' },
} satisfies Record<string, Localized>;

/** `/purchases`: what was bought, newest first. */
export const purchasesPage = page({
  path: '/purchases',
  async get(visit) {
    const { language } = visit;
    const path = `/orders/${encodeURIComponent(sessionIn(visit).username)}/purchases`;
    const cursor = visit.query.get('cursor') ?? undefined;
    const { items, next } = await visit.api.list(withQuery(path, { limit: '20', cursor }), Purchases);
    const columns = [
      { name: visit.say(WORDS.article) },
      { name: visit.say(WORDS.day) },
      { name: visit.say(WORDS.quantity), numeric: true },
      { name: visit.say(WORDS.price), numeric: true },
      { name: visit.say(WORDS.order) },
    ];
    const rows = items.purchases.map(({ article, at, quantity, price, currency, order_id }) => [
      article.name,
      day(at, visit),
      number(quantity, language),
      money(price, currency, language),
      html`<a href="${visit.to(`/portal/orders/${order_id}`)}">${visit.say(WORDS.see)}<span class="hidden">${visit.colon}${article.name}, ${day(at, visit)}</span></a>`,
    ]);
    const title = visit.say(WORDS.title);
    const shop = { path: visit.to('/home'), text: visit.say(WORDS.shop) };
    return {
      title,
      body: html`<h1>${title}</h1>
${rows.length > 0 ? table(title, columns, rows) : empty(visit.say(WORDS.none), shop)}
${pager(visit, '/purchases', next)}`,
    };
  },
});

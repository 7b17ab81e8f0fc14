import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { empty } from '../kit/parts.ts';
import type { Visit } from '../kit/visit.ts';
import { money } from '../kit/write.ts';

/** An article as the shop shows it. */
export const Article = z.object({
  id: z.int(),
  name: z.string(),
  description: z.string().optional(),
  category: z.string().optional(),
  price: z.int(),
  currency: z.string(),
  stock: z.int(),
  active: z.boolean(),
});
export type Article = z.output<typeof Article>;

/** `GET /orders/articles`. */
export const Articles = z.object({ articles: z.array(Article) });

const WORDS = {
  buy: { fr: 'Acheter', en: 'Buy' },
  none: { fr: 'Épuisé', en: 'Sold out' },
  last: { fr: 'Plus que', en: 'Only' },
  left: { fr: 'en stock', en: 'left' },
  empty: { fr: 'Aucun article n’est en vente pour le moment.', en: 'Nothing is for sale at the moment.' },
} satisfies Record<string, Localized>;

/** Below this many, people want to know. */
const FEW = 10;

/** How much of an article there is, where that matters. */
export function stockOf(visit: Visit, { stock }: Article): Html | undefined {
  if (stock === 0) return html`<p class="badge warning">${visit.say(WORDS.none)}</p>`;
  return stock < FEW
    ? html`<p class="badge">${visit.say(WORDS.last)} ${stock} ${visit.say(WORDS.left)}</p>`
    : undefined;
}

function card(visit: Visit, article: Article): Html {
  const { id, name, category, price, currency, stock } = article;
  return html`<li class="card"><h3>${name}</h3>${category && html`<p class="quiet">${category}</p>`}
<p class="price">${money(price, currency, visit.language)}</p>${stockOf(visit, article)}
${stock > 0 && html`<p><a class="button" href="${visit.to(`/buy/${id}`)}">${visit.say(WORDS.buy)}<span class="hidden">${visit.colon}${name}</span></a></p>`}</li>`;
}

/** The articles that are for sale. */
export const articleCards = (visit: Visit, articles: readonly Article[]): Html =>
  articles.length === 0
    ? empty(visit.say(WORDS.empty))
    : html`<ul class="cards">${articles.map((one) => card(visit, one))}</ul>`;

import { newId } from '../../../platform/base/ids.ts';
import type { Localized } from '../../../platform/base/language.ts';
import { html } from '../../../platform/http/html.ts';
import { attempt, Refusal } from '../kit/api.ts';
import { errorSummary } from '../kit/fields.ts';
import { tokenField } from '../kit/frame.ts';
import { page, type Reply, type Screen } from '../kit/page.ts';
import { notFound } from '../kit/screens.ts';
import { sessionIn, type Visit } from '../kit/visit.ts';
import { money } from '../kit/write.ts';
import { Article, stockOf } from './shop.ts';

const WORDS = {
  title: { fr: 'Vérifiez votre achat', en: 'Check your purchase' },
  confirm: { fr: 'Confirmer l’achat', en: 'Confirm the purchase' },
  back: { fr: 'Retour aux articles', en: 'Back to the articles' },
  account: {
    fr: 'Le montant est porté à votre compte auprès de l’école.',
    en: 'The amount goes on your account with the school.',
  },
  gone: { fr: 'Cet article n’est plus en vente.', en: 'This article is no longer for sale.' },
  changed: {
    fr: 'Le prix a changé pendant que vous regardiez cette page. Voici le prix d’aujourd’hui ; confirmez s’il vous convient.',
    en: 'The price has changed while you looked at this page. Here is today’s; confirm if it suits you.',
  },
} satisfies Record<string, Localized>;

const idOf = ({ variables }: Visit): number | undefined =>
  /^[1-9]\d{0,14}$/.test(variables.id ?? '') ? Number(variables.id) : undefined;

/** What somebody agreed to when they saw it. */
const offerOf = ({ price, currency }: Article): string => `${price} ${currency}`;

async function screen(visit: Visit, article: Article, refusal?: Refusal): Promise<Screen> {
  const { id, name, description, category, price, currency, stock, active } = article;
  const sells = active && stock > 0;
  return {
    title: visit.say(WORDS.title),
    status: refusal?.status ?? 200,
    body: html`<div class="narrow"><h1>${visit.say(WORDS.title)}</h1>
${errorSummary(visit, refusal)}
<div class="card"><h2>${name}</h2>${category && html`<p class="quiet">${category}</p>`}${description && html`<p>${description}</p>`}
<p class="price">${money(price, currency, visit.language)}</p>${active ? stockOf(visit, article) : html`<p class="badge warning">${visit.say(WORDS.gone)}</p>`}</div>
<form class="actions" method="post" action="${visit.to(`/buy/${id}`)}">
${tokenField(await visit.formToken())}<input type="hidden" name="key" value="${newId()}"><input type="hidden" name="offer" value="${offerOf(article)}">
${sells && html`<button>${visit.say(WORDS.confirm)}</button> `}<a class="button quiet" href="${visit.to('/home')}">${visit.say(WORDS.back)}</a>
</form>
${sells && html`<p class="quiet">${visit.say(WORDS.account)}</p>`}</div>`,
  };
}

/** A form that is sent twice, by a second click or again after a lost answer, buys once: its key tells. */
async function buy(visit: Visit): Promise<Reply> {
  const article_id = idOf(visit);
  if (!article_id) return notFound(visit);
  const article = await visit.api.get(`/products/${article_id}`, Article);
  if (visit.typed('offer') !== offerOf(article))
    return screen(visit, article, Refusal.of('', visit.say(WORDS.changed), 409));
  const path = `/orders/${encodeURIComponent(sessionIn(visit).username)}/buy`;
  const key = /^[\w-]{8,64}$/.exec(visit.typed('key'))?.[0] ?? newId();
  const outcome = await attempt(visit.api.send('POST', path, { body: { article_id }, key }));
  if ('value' in outcome) return { to: '/purchases', news: 'bought' };
  if (outcome.failure instanceof Refusal) return screen(visit, article, outcome.failure);
  throw outcome.failure;
}

/** `/buy/{id}`: shows what would be bought; the button buys it. */
export const buyPage = page({
  path: '/buy/{id}',
  keeps: false,
  stored: '/purchases',
  async get(visit) {
    const id = idOf(visit);
    return id ? screen(visit, await visit.api.get(`/products/${id}`, Article)) : notFound(visit);
  },
  post: buy,
});

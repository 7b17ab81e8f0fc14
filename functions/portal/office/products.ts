import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { amountIn, amountText, numberFrom } from '../kit/amounts.ts';
import { attempt, type Listed, missing, type Tagged } from '../kit/api.ts';
import { type Control, controlRow } from '../kit/form-controls.ts';
import { formPage, keyOf, tagOf } from '../kit/form-page.ts';
import { withQuery } from '../kit/page.ts';
import { empty, panel, table } from '../kit/parts.ts';
import { officePage } from '../kit/roles.ts';
import type { Visit } from '../kit/visit.ts';
import { money, number } from '../kit/write.ts';
import { Article } from '../pages/shop.ts';

const WORDS = {
  title: { fr: 'Boutique', en: 'Shop' },
  articles: { fr: 'Articles', en: 'Articles' },
  orders: { fr: 'Toutes les commandes', en: 'All orders' },
  mine: { fr: 'Mes achats', en: 'My purchases' },
  add: { fr: 'Ajouter un article', en: 'Add an article' },
  search: { fr: 'Chercher', en: 'Search' },
  name: { fr: 'Article', en: 'Article' },
  category: { fr: 'Catégorie', en: 'Category' },
  stock: { fr: 'Stock', en: 'Stock' },
  price: { fr: 'Prix', en: 'Price' },
  none: { fr: 'Aucun article ne correspond.', en: 'No article matches.' },
  next: { fr: 'Suite', en: 'Next' },
  more: { fr: 'Suite de la liste', en: 'More of the list' },
  edit: { fr: 'Modifier un article', en: 'Edit an article' },
  retire: { fr: 'Retirer de la vente', en: 'Take off sale' },
  retireText: {
    fr: 'L’article ne se vend plus. Les commandes et les achats qui le nomment restent.',
    en: 'The article is sold no more. Orders and purchases that name it stay.',
  },
} satisfies Record<string, Localized>;

const SEARCH: Control = {
  name: 'q',
  label: { fr: 'Début d’un mot du nom', en: 'Begin of a word of the name' },
  as: 'search',
  maxLength: 120,
  autocomplete: 'off',
  bare: true,
};

const Products = z.array(Article);
type Products = z.output<typeof Products>;

const PAGE = '/portal/shop';

function productTable(visit: Visit, { items, next }: Listed<Products>): Html {
  if (items.length === 0 && !next) return empty(visit.say(WORDS.none));
  const columns = [
    { name: visit.say(WORDS.name) },
    { name: visit.say(WORDS.category) },
    { name: visit.say(WORDS.stock), numeric: true },
    { name: visit.say(WORDS.price), numeric: true },
  ];
  const rows = items.map(({ id, name, category, stock, price, currency }) => [
    html`<a href="${visit.to(`${PAGE}/${id}`)}">${name}</a>`,
    category ?? '–',
    number(stock, visit.language),
    money(price, currency, visit.language),
  ]);
  const onward = next && withQuery(PAGE, { q: visit.query.get('q') ?? undefined, cursor: next });
  return html`${table(visit.say(WORDS.articles), columns, rows)}${onward && html`<nav class="pager" aria-label="${visit.say(WORDS.more)}"><a href="${visit.to(onward)}">${visit.say(WORDS.next)}</a></nav>`}`;
}

/** `/portal/shop`: what is for sale. */
export const shopPage = officePage(PAGE, async (visit) => {
  const given = (name: string) => visit.query.get(name)?.trim() || undefined;
  const path = withQuery('/products', { q: given('q'), limit: '50', cursor: given('cursor') });
  const outcome = await attempt(visit.api.list(path, Products));
  const title = visit.say(WORDS.title);
  const link = (to: string, word: Localized) =>
    html`<a class="button quiet" href="${visit.to(to)}">${visit.say(word)}</a>`;
  return {
    title,
    body: html`<div class="heading"><h1>${title}</h1><a class="button" href="${visit.to(`${PAGE}/new`)}">${visit.say(WORDS.add)}</a></div>
<p class="actions">${link(`${PAGE}/orders`, WORDS.orders)} ${link('/purchases', WORDS.mine)}</p>
<form class="search" role="search" action="${visit.to(PAGE)}">${controlRow(visit, SEARCH, given('q') ?? '')}<button class="quiet">${visit.say(WORDS.search)}</button></form>
${panel(visit, { id: 'articles', title: visit.say(WORDS.articles), outcome }, (one) => productTable(visit, one))}`,
  };
});

const CONTROLS: readonly Control[] = [
  { name: 'name', label: { fr: 'Nom', en: 'Name' }, required: true, maxLength: 120, autocomplete: 'off' },
  { name: 'description', label: { fr: 'Description', en: 'Description' }, as: 'lines', maxLength: 2000 },
  { name: 'category', label: WORDS.category, maxLength: 60, autocomplete: 'off' },
  { name: 'price', label: WORDS.price, required: true, inputMode: 'decimal', maxLength: 20, autocomplete: 'off' },
  {
    name: 'currency',
    label: { fr: 'Devise', en: 'Currency' },
    required: true,
    maxLength: 3,
    autocomplete: 'off',
    options: ['XOF', 'XAF', 'EUR'].map((value) => ({ value, text: value })),
  },
  { name: 'stock', label: { fr: 'En stock', en: 'In stock' }, required: true, inputMode: 'numeric', maxLength: 7 },
];

const back = (visit: Visit) => ({ path: PAGE, text: visit.say(WORDS.title) });

/** The product that was typed, as the service takes it. */
function bodyOf(visit: Visit): Record<string, unknown> {
  const currency = visit.typed('currency').trim();
  const [price, stock] = [amountIn(visit, 'price', currency), numberFrom(visit, 'stock')];
  return { ...visit.form?.filled('name', 'description', 'category', 'currency'), price, stock };
}

/** `/portal/shop/new`. */
export const newProductPage = formPage({
  path: `${PAGE}/new`,
  know: async () => undefined,
  title: (visit) => visit.say(WORDS.add),
  back,
  groups: () => [{ controls: CONTROLS }],
  values: () => ({ currency: 'XOF', stock: '0' }),
  button: { fr: 'Mettre en vente', en: 'Put on sale' },
  async send(visit) {
    await visit.api.send('POST', '/products', { body: bodyOf(visit), key: keyOf(visit) });
    return { to: PAGE, news: 'product_created' };
  },
});

function productOf(visit: Visit): Promise<Tagged<Article>> {
  const id = /^[1-9]\d{0,14}$/.exec(visit.variables.id ?? '')?.[0];
  if (!id) throw missing();
  return visit.api.tagged(`/products/${id}`, Article);
}

/** `/portal/shop/{id}`. */
export const editProductPage = formPage<Tagged<Article>>({
  path: `${PAGE}/{id}`,
  know: productOf,
  title: (visit) => visit.say(WORDS.edit),
  back,
  above: (visit, { value: { id, active } }) =>
    active &&
    html`<p><a class="button quiet" href="${visit.to(`${PAGE}/${id}/retire`)}">${visit.say(WORDS.retire)}</a></p>`,
  groups: () => [{ controls: [...CONTROLS, { name: 'active', label: { fr: 'En vente', en: 'On sale' }, as: 'tick' }] }],
  values: (_, { value }) => ({
    ...{ name: value.name, description: value.description ?? '', category: value.category ?? '' },
    ...{ price: amountText(value.price, value.currency), currency: value.currency, stock: String(value.stock) },
    active: value.active ? 'yes' : '',
  }),
  tag: ({ tag }) => tag,
  button: { fr: 'Enregistrer', en: 'Save' },
  async send(visit, { value: { id } }) {
    const body = { ...bodyOf(visit), active: visit.typed('active') === 'yes' };
    await visit.api.send('PUT', `/products/${id}`, { body, tag: tagOf(visit) });
    return { to: PAGE, news: 'saved' };
  },
});

/** `/portal/shop/{id}/retire`. */
export const retirePage = formPage<Tagged<Article>>({
  path: `${PAGE}/{id}/retire`,
  know: productOf,
  title: (visit) => visit.say(WORDS.retire),
  back: (_, { value: { id, name } }) => ({ path: `${PAGE}/${id}`, text: name }),
  above: (visit, { value }) => html`<p class="lead">${value.name}. ${visit.say(WORDS.retireText)}</p>`,
  button: WORDS.retire,
  danger: true,
  async send(visit, { value: { id } }) {
    await visit.api.send('DELETE', `/products/${id}`);
    return { to: PAGE, news: 'retired' };
  },
});

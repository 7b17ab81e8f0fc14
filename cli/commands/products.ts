import { listed, tagged, take } from '../api/take.ts';
import { clearable, command, flag, many, sent, text, whole } from '../declare.ts';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { column } from '../output/output.ts';
import { done, PAGES, REMOVED, removed, YES } from './shared.ts';

export const PRODUCT = [
  column('id', 'No.', 'N°', 'number'),
  column('name', 'Name', 'Nom'),
  column('category', 'Category', 'Catégorie'),
  column('price', 'Price', 'Prix', 'money'),
  column('stock', 'In stock', 'En stock', 'number'),
  column('active', 'For sale', 'En vente', 'yes'),
  column('description', 'Description', 'Description'),
];

const id = whole('ID', words("the article's number", "le numéro de l'article"));
/** From nothing on: an article may be free, and out of stock. */
const count = (shown: string, about: ReturnType<typeof words>) => ({
  ...whole(shown, about),
  read: (given: string) => (given.trim() === '0' ? 0 : whole(shown, about).read(given)),
});

const FIELDS = {
  description: clearable('TEXT', words('description', 'description')),
  category: clearable('NAME', words('category', 'catégorie')),
  price: count(
    'AMOUNT',
    words("in the currency's smallest unit: 250 is 2.50 EUR", 'dans la plus petite unité : 250 vaut 2,50 EUR'),
  ),
  currency: text('CODE', words('ISO 4217 (EUR)', 'ISO 4217 (EUR)')),
  stock: count('N', words('how many there are', 'combien il y en a')),
};

const list = command({
  about: words('Articles of the shop', 'Les articles de la boutique'),
  answers: 'listProducts',
  options: { category: text('NAME', words('of one category', "d'une catégorie")), ...PAGES },
  examples: [['campus products list', words('with prices and stock', 'avec prix et stock')]],
  async run({ category, ...wanted }, { api }) {
    const filters = sent({ category });
    const found = await listed(wanted, (page) => api.GET('/products', { params: { query: { ...filters, ...page } } }));
    return { kind: 'rows', ...found, columns: PRODUCT };
  },
});

const search = command({
  about: words('Articles with a word that begins so', 'Les articles dont un mot commence ainsi'),
  answers: 'listProducts',
  args: { text: text('TEXT', words('the beginning of a word', "le début d'un mot")) },
  options: PAGES,
  examples: [['campus products search cah', words('finds "Cahier"', 'trouve « Cahier »')]],
  async run({ text, ...wanted }, { api }) {
    const found = await listed(wanted, (page) => api.GET('/products', { params: { query: { q: text, ...page } } }));
    return { kind: 'rows', ...found, columns: PRODUCT };
  },
});

const show = command({
  about: words('One article', 'Un article'),
  answers: 'readProduct',
  args: { id },
  examples: [['campus products show 1', words('all of it', 'tout')]],
  async run({ id }, { api }) {
    return {
      kind: 'card',
      item: await take(api.GET('/products/{id}', { params: { path: { id } } })),
      columns: PRODUCT,
    };
  },
});

const add = command({
  about: words('Put an article on sale', 'Mettre un article en vente'),
  answers: 'createProduct',
  args: { name: text('NAME', words('its name', 'son nom')) },
  options: FIELDS,
  examples: [['campus products add Cahier --price 250 --stock 100', words('2.50 EUR each', '2,50 EUR pièce')]],
  async run({ name, price, description, category, ...rest }, { api }) {
    if (price === undefined) throw new Misuse(words('--price is missing', '--price manque'));
    const body = {
      name,
      price,
      ...sent({ ...rest, description: description ?? undefined, category: category ?? undefined }),
    };
    const item = await take(api.POST('/products', { body }));
    return done(`${name} is on sale as number ${item.id}.`, `${name} est en vente sous le numéro ${item.id}.`, {
      item,
      id: item.id,
    });
  },
});

const edit = command({
  about: words('Change an article; "" takes a field away', 'Modifier un article ; « » vide un champ'),
  answers: 'replaceProduct',
  args: { id },
  options: {
    name: text('NAME', words('its name', 'son nom')),
    ...FIELDS,
    active: flag(words('on sale again', 'de nouveau en vente')),
  },
  examples: [['campus products edit 1 --stock 80', words('after counting', 'après inventaire')]],
  async run({ id, ...changes }, { api }) {
    const given = sent(changes);
    if (Object.keys(given).length === 0)
      throw new Misuse(words('nothing to change was given', "rien à modifier n'est donné"));
    const path = { id };
    const { item, etag } = await tagged(api.GET('/products/{id}', { params: { path } }));
    const { id: _, ...stored } = item;
    const next = Object.fromEntries(Object.entries({ ...stored, ...given }).filter(([, value]) => value !== null));
    const header = sent({ 'If-Match': etag });
    const changed = await take(api.PUT('/products/{id}', { params: { path, header }, body: next as typeof stored }));
    return done(`${changed.name} is changed.`, `${changed.name} est modifié.`, { item: changed });
  },
});

const remove = command({
  about: words(
    'Take articles off sale; one that was ordered is retired, not erased',
    'Retirer des articles ; un article commandé est retiré de la vente, pas effacé',
  ),
  answers: REMOVED,
  args: { id: many(id) },
  options: YES,
  examples: [['campus products remove 4', words('asks first', "demande d'abord")]],
  run: ({ id, yes }, office) =>
    removed(id, yes, office, words('article', "l'article"), (one) =>
      take(office.api.DELETE('/products/{id}', { params: { path: { id: one } } })),
    ),
});

export const commands = { list, search, show, add, edit, remove };

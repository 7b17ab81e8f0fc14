import { listed, take } from '../api/take.ts';
import type { Office } from '../declare.ts';
import { choice, command, flag, many, optional, sent, text, whole } from '../declare.ts';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { column } from '../output/output.ts';
import { cardOf } from './card.ts';
import { done, PAGES, REMOVED, removed, YES } from './shared.ts';

const ORDER = [
  column('id', 'Id', 'Id', 'id'),
  column('username', 'Buyer', 'Acheteur'),
  column('state', 'State', 'État', 'word'),
  column('items', 'Articles', 'Articles', 'list'),
  column('total', 'Total', 'Total', 'money'),
  column('created_at', 'When', 'Quand', 'time'),
];

const PURCHASE = [
  column('at', 'When', 'Quand', 'time'),
  column('article', 'Article', 'Article'),
  column('quantity', 'Quantity', 'Quantité', 'number'),
  column('price', 'Price', 'Prix', 'money'),
  column('order_id', 'Order', 'Commande', 'id'),
];

const STATES = ['pending', 'paid', 'shipped', 'delivered', 'cancelled', 'expired', 'refunded'] as const;

const id = text('ID', words("the order's id", "l'identifiant de la commande"));

/** `3` or `3x2`: an article, and how many. @throws Misuse */
const article = {
  ...text(
    'ARTICLE[xN]',
    words('article numbers, each with how many behind an x', 'numéros des articles, suivis de la quantité après un x'),
  ),
  read: (given: string) => {
    const [, product_id, quantity = '1'] = /^([1-9]\d{0,14})(?:x([1-9]\d{0,5}))?$/i.exec(given.trim()) ?? [];
    if (!product_id) throw new Misuse(words(`${given} is not like 3 or 3x2`, `${given} n'est pas comme 3 ou 3x2`));
    return { product_id: Number(product_id), quantity: Number(quantity) };
  },
};

const list = command({
  about: words(
    'Orders, the newest first; of everybody for an admin',
    "Les commandes, la plus récente d'abord ; de tous pour un admin",
  ),
  answers: 'listOrders',
  options: {
    username: text('NAME', words('of one buyer', "d'un acheteur")),
    state: choice(STATES, words('in this state', 'dans cet état')),
    ...PAGES,
  },
  examples: [['campus orders list --state paid', words('what is to be shipped', 'ce qui est à expédier')]],
  async run({ username, state, ...wanted }, { api }) {
    const filters = sent({ username, state });
    const found = await listed(wanted, (page) => api.GET('/orders', { params: { query: { ...filters, ...page } } }));
    return { kind: 'rows', ...found, columns: ORDER };
  },
});

const show = command({
  about: words('One order', 'Une commande'),
  answers: 'readOrder',
  args: { id },
  examples: [['campus orders show 0199a…', words('its articles and state', 'ses articles et son état')]],
  async run({ id }, { api }) {
    return { kind: 'card', item: await take(api.GET('/orders/{id}', { params: { path: { id } } })), columns: ORDER };
  },
});

const add = command({
  about: words(
    'Order articles: all of them are reserved, or none',
    'Commander des articles : tous sont réservés, ou aucun',
  ),
  answers: 'placeOrder',
  args: { article: many(article) },
  examples: [['campus orders add 1x2 3', words('two of 1, one of 3', 'deux de 1, un de 3')]],
  async run({ article }, { api }) {
    const item = await take(api.POST('/orders', { body: { items: [...article] } }));
    return done(`Ordered: ${item.id}.`, `Commandé : ${item.id}.`, { item, id: item.id });
  },
});

const edit = command({
  about: words('Change what a pending order holds', 'Changer ce que contient une commande en attente'),
  answers: 'changeOrder',
  args: { id, article: many(article) },
  examples: [['campus orders edit 0199a… 1x3', words('these and no others', "ceux-là et pas d'autres")]],
  async run({ id, article }, { api }) {
    const item = await take(api.PUT('/orders/{id}', { params: { path: { id } }, body: { items: [...article] } }));
    return done(`Order ${id} is changed.`, `La commande ${id} est modifiée.`, { item });
  },
});

const cancel = command({
  about: words('Cancel an order; its stock goes back', 'Annuler une commande ; son stock revient'),
  answers: REMOVED,
  args: { id },
  options: YES,
  examples: [['campus orders cancel 0199a…', words('asks first', "demande d'abord")]],
  run: ({ id, yes }, office) =>
    removed([id], yes, office, words('order', 'la commande'), (one) =>
      take(office.api.DELETE('/orders/{id}', { params: { path: { id: one } } })),
    ),
});

const pay = command({
  about: words(
    'Pay an order. A card is asked for or piped in, never an argument',
    'Payer une commande. La carte est demandée ou arrive par un tube, jamais en argument',
  ),
  answers: 'payOrder',
  args: { id },
  options: {
    method: choice(['card', 'cash', 'mobile_money'], words('how (card)', 'le moyen (card)')),
    card_stdin: flag(words('read "NUMBER MM/YYYY CVC" from a pipe', 'lire « NUMÉRO MM/AAAA CVC » par un tube')),
  },
  examples: [
    ['campus orders pay 0199a…', words('asks for the card', 'demande la carte')],
    ['campus orders pay 0199a… --method cash', words('at the desk', 'au guichet')],
  ],
  async run({ id, method = 'card', card_stdin }, office) {
    const body = method === 'card' ? { method, card: await cardOf(office, card_stdin) } : { method };
    const item = await take(office.api.POST('/orders/{id}/payment', { params: { path: { id } }, body }));
    return done(`Order ${id}: ${item.state}.`, `Commande ${id} : ${item.state}.`, { item });
  },
});

const refund = command({
  about: words('Refund an order', 'Rembourser une commande'),
  answers: 'refundOrder',
  args: { id },
  options: {
    amount: whole('AMOUNT', words('a part of it, in the smallest unit', 'une partie, dans la plus petite unité')),
    restock: flag(words('the articles came back', 'les articles sont revenus')),
  },
  examples: [['campus orders refund 0199a… --restock', words('a returned parcel', 'un colis retourné')]],
  async run({ id, ...given }, { api }) {
    const item = await take(api.POST('/orders/{id}/refund', { params: { path: { id } }, body: sent(given) }));
    return done(`Order ${id}: ${item.state}.`, `Commande ${id} : ${item.state}.`, { item });
  },
});

/** A step that an order takes on its way. */
const step = (name: 'ship' | 'deliver', operation: string, en: string, fr: string) =>
  command({
    about: words(en, fr),
    answers: operation,
    args: { id },
    examples: [[`campus orders ${name} 0199a…`, words('one order', 'une commande')]],
    async run({ id }, { api }) {
      const item = await take(api.POST(`/orders/{id}/${name}`, { params: { path: { id } } }));
      return done(`Order ${id}: ${item.state}.`, `Commande ${id} : ${item.state}.`, { item });
    },
  });

const whoever = async ({ session }: Office, username?: string): Promise<string> => {
  await session.token();
  return username ?? session.credentials?.username ?? '';
};

const buy = command({
  about: words('Buy an article at once', 'Acheter un article aussitôt'),
  answers: 'buyArticle',
  args: { article },
  examples: [['campus orders buy 1x2', words('two of it', 'deux exemplaires')]],
  async run({ article: { product_id, quantity } }, office) {
    const username = await whoever(office);
    const params = { path: { id: username } };
    const item = await take(
      office.api.POST('/orders/{id}/buy', { params, body: { article_id: product_id, quantity } }),
    );
    return done(`Bought: ${item.article.name}.`, `Acheté : ${item.article.name}.`, { item, id: item.order_id });
  },
});

const purchases = command({
  about: words('What somebody bought, the newest first', "Ce que quelqu'un a acheté, le plus récent d'abord"),
  answers: 'listPurchases',
  args: { username: optional(text('NAME', words('the buyer (you)', "l'acheteur (vous)"))) },
  options: PAGES,
  examples: [['campus orders purchases', words('yours', 'les vôtres')]],
  async run({ username, ...wanted }, office) {
    const path = { id: await whoever(office, username) };
    const found = await listed(wanted, async (query) => {
      const { data, ...rest } = await office.api.GET('/orders/{id}/purchases', { params: { path, query } });
      return { ...rest, ...(data && { data: data.purchases }) };
    });
    return { kind: 'rows', ...found, whole: { user: path.id, purchases: found.items }, columns: PURCHASE };
  },
});

export const commands = {
  list,
  show,
  add,
  edit,
  cancel,
  pay,
  refund,
  ship: step('ship', 'shipOrder', 'Say that an order is on its way', 'Dire qu’une commande est partie'),
  deliver: step('deliver', 'deliverOrder', 'Say that an order has arrived', 'Dire qu’une commande est arrivée'),
  buy,
  purchases,
};

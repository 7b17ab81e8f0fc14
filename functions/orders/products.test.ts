import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { admin, student, teacher } from '../../tests/support/call.ts';
import type { PeerStub } from '../../tests/support/peer.ts';
import { openShop, pending, shop, times } from '../../tests/support/shop.ts';
import { expectBooksToAgree } from '../../tests/support/shop-audit.ts';
import { everything } from '../../tests/support/shop-books.ts';

let accounts: PeerStub;
let table: string;

beforeAll(async () => {
  ({ accounts, table } = await openShop());
});
afterAll(async () => {
  await accounts.stop();
  expectBooksToAgree(await shop.books());
});

const search = async (query: string): Promise<string[]> => {
  const { status, body } = await shop.catalogue(`GET /products?${query}`);
  if (status !== 200) throw new Error(body.code);
  return body.map(({ name }: { name: string }) => name);
};

describe('a search', () => {
  beforeAll(async () => {
    await shop.product({ name: 'Règle à calcul graduée', category: 'Géométrie' });
    await shop.product({ name: 'Équerre en bois', category: 'Géométrie' });
    await shop.product({ name: 'Calque Calibré', category: 'Dessin' });
  });

  test.each([
    ['q=calc', ['Règle à calcul graduée']],
    ['q=REGLE', ['Règle à calcul graduée']],
    ['q=%C3%A9quer', ['Équerre en bois']],
    ['q=equer', ['Équerre en bois']],
    ['q=alcul', []],
    ['q=grad%20cal', ['Règle à calcul graduée']],
    ['q=grad%20bois', []],
    ['category=G%C3%A9om%C3%A9trie', ['Équerre en bois', 'Règle à calcul graduée']],
    ['category=geometrie&q=cal', ['Règle à calcul graduée']],
    ['category=rien', []],
  ])('for %s finds %p', async (query, names) => {
    expect((await search(query)).sort()).toEqual([...names].sort());
  });

  test('lists a product once, though two of its words begin alike', async () => {
    expect((await search('q=cal')).sort()).toEqual(['Calque Calibré', 'Règle à calcul graduée']);
  });

  test.each(['q=---', `q=${'a'.repeat(121)}`, 'price=1', 'price='])('with %s is refused', async (query) => {
    expect((await shop.catalogue(`GET /products?${query}`)).status).toBe(400);
  });
});

describe('a product is found by its own spelling and by every other', () => {
  const SPELLINGS: readonly (readonly [name: string, ...searches: string[]])[] = [
    ['Bon Cœur', 'bon coeur', 'BON CŒUR', 'bon cœ'],
    ['Beau Coeurlet', 'cœurlet', 'COEURLET'],
    ["Cahier de l'Étudiant", 'l’etudiant', 'lʼÉtudiant', 'l`étu'],
    ['Cahier de l’Écolier', "l'ecolier", 'lʻÉcolier'],
    ['Weißbuch Łódź', 'weissbuch', 'lodz weiß'],
    ['Porte‑mine', 'porte-mine', 'porte mine'],
    ['किताब नई', 'किताब'],
    ['दफ़्तर', 'दफ़्तर'],
  ];
  beforeAll(() => Promise.all(SPELLINGS.map(([name]) => shop.product({ name }))));

  test.each(SPELLINGS)('%s', async (name, ...searches) => {
    for (const text of [name, ...searches]) expect(await search(`q=${encodeURIComponent(text)}`)).toEqual([name]);
  });

  test('and in the order of a dictionary', async () => {
    const names = ['Octave', 'Octave et fils', 'Œdipe roi', 'Olivia', 'Zita'];
    for (const name of names.toReversed()) await shop.product({ name, category: 'Théâtre d’école' });
    expect(await search(`category=${encodeURIComponent("theatre d'ecole")}`)).toEqual(names);
  });
});

test('a description keeps its lines', async () => {
  const id = await shop.product({ name: 'Décrit', description: 'Seyès,\r\n96 pages.\rReliure\n cousue.\n' });
  const { body } = await shop.catalogue(`GET /products/${id}`);
  expect(body.description).toBe('Seyès,\n96 pages.\nReliure\n cousue.');
});

test('pages follow each other without a gap or a repetition', async () => {
  const names = Array.from({ length: 7 }, (_, i) => `Feutre ${i} feutrine`);
  await Promise.all(names.map((name) => shop.product({ name, category: 'Feutres' })));
  for (const query of ['category=Feutres', 'category=Feutres&q=feut', 'q=feut']) {
    const found: string[] = [];
    let next: string | undefined = `/products?${query}&limit=3`;
    while (next) {
      const { body, headers } = await shop.catalogue(`GET ${next}`);
      found.push(...body.map(({ name }: { name: string }) => name));
      next = /<(.*)>/.exec(headers.Link ?? '')?.[1];
    }
    expect(found.sort()).toEqual(names);
  }
});

test('the articles are the catalogue, for anybody signed in', async () => {
  const id = await shop.product({ name: 'Ardoise', price: 900, stock: 3 });
  const { status, body } = await shop.catalogue('GET /orders/articles?limit=200', teacher);
  expect(status).toBe(200);
  expect(body.articles).toContainEqual({ id, name: 'Ardoise', price: 900, currency: 'XOF', stock: 3, active: true });
});

describe('a product', () => {
  test('says what it is and nothing of ours', async () => {
    const sent = {
      name: 'Colle',
      description: 'Sans solvant',
      category: 'Bureau',
      price: 75,
      currency: 'EUR',
      stock: 4,
    };
    const { status, body, headers } = await shop.catalogue('POST /products', admin, sent);
    expect([status, headers.Location]).toEqual([201, `/products/${body.id}`]);
    expect(body).toEqual({ id: body.id, ...sent, active: true });
    expect((await shop.catalogue(`GET /products/${body.id}`)).body).toEqual(body);
  });

  test('is made once for one key', async () => {
    const key = { 'Idempotency-Key': crypto.randomUUID() };
    const sent = { name: 'Unique à jamais', price: 1 };
    const answers = await times(5, () => shop.catalogue('POST /products', admin, sent, key));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await search('q=jamais')).toEqual(['Unique à jamais']);
  });

  test('that is renamed is found by its new name only', async () => {
    const id = await shop.product({ name: 'Vieux compas', category: 'Avant' });
    const { body } = await shop.catalogue(`PUT /products/${id}`, admin, { name: 'Neuf compas', price: 300 });
    expect(body).toEqual({ id, name: 'Neuf compas', price: 300, currency: 'XOF', stock: 10, active: true });
    expect([await search('q=vieux'), await search('q=neuf'), await search('category=Avant')]).toEqual([
      [],
      ['Neuf compas'],
      [],
    ]);
  });

  test('whose stock is set has as many to sell, whatever is bought meanwhile', async () => {
    const id = await shop.product({ stock: 30 });
    const kept = await pending(id, 4);
    const [, ...bought] = await Promise.all([
      shop.catalogue(`PUT /products/${id}`, admin, { name: 'Compté', price: 5, stock: 50 }),
      ...Array.from({ length: 10 }, () => shop.buy(id)),
    ]);
    expect(bought.every(({ status }) => status === 201)).toBe(true);
    expect(await shop.stockOf(id)).toBeGreaterThanOrEqual(40);
    await shop.orders(`DELETE /orders/${kept}`);
    expectBooksToAgree(await shop.books());
  });

  test('is not changed onto a version that is gone', async () => {
    const id = await shop.product();
    const { headers } = await shop.catalogue(`GET /products/${id}`);
    await shop.buy(id);
    const ifMatch = { 'If-Match': String(headers.ETag) };
    const change = { name: 'Trop tard', price: 1 };
    expect((await shop.catalogue(`PUT /products/${id}`, admin, change, ifMatch)).status).toBe(412);
    expect((await shop.catalogue(`DELETE /products/${id}`, admin, undefined, ifMatch)).status).toBe(412);
    expect((await shop.catalogue(`PUT /products/${id}`, admin, change)).status).toBe(200);
  });

  test('that was ordered is retired: not to be had, but still to be read', async () => {
    const id = await shop.product({ name: 'Retirable' });
    await shop.buy(id);
    expect((await shop.catalogue(`DELETE /products/${id}`, admin)).status).toBe(204);
    expect(await search('q=retirable')).toEqual([]);
    expect((await shop.catalogue(`GET /products/${id}`)).body.active).toBe(false);
    expect((await shop.buy(id)).body.code).toBe('article_not_found');
    await shop.catalogue(`PUT /products/${id}`, admin, { name: 'Retirable', price: 1, active: true });
    expect(await search('q=retirable')).toEqual(['Retirable']);
  });

  test('that nobody ordered is erased', async () => {
    const id = await shop.product({ name: 'Effaçable' });
    expect((await shop.catalogue(`DELETE /products/${id}`, admin)).status).toBe(204);
    expect((await shop.catalogue(`GET /products/${id}`)).body.code).toBe('article_not_found');
    const left = (await everything(table)).filter((item) => item.product_id === id || item.id === id);
    expect(left).toEqual([]);
  });

  test('that is ordered while it is deleted is sold or gone, never both', async () => {
    for (let i = 0; i < 10; i += 1) {
      const id = await shop.product();
      const [bought] = await Promise.all([shop.buy(id), shop.catalogue(`DELETE /products/${id}`, admin)]);
      const { status, body } = await shop.catalogue(`GET /products/${id}`);
      if (bought.status === 201) expect(body).toMatchObject({ active: false, stock: 9 });
      else expect([bought.body.code, status]).toEqual(['article_not_found', 404]);
    }
  });

  test('in a cart can be paid for after it was retired', async () => {
    const product = await shop.product();
    const id = await pending(product, 2);
    await shop.catalogue(`DELETE /products/${product}`, admin);
    const change = (quantity: number) =>
      shop.orders(`PUT /orders/${id}`, student(), { items: [{ product_id: product, quantity }] });
    expect((await change(3)).body.code).toBe('article_not_found');
    expect((await change(1)).status).toBe(200);
    expect((await shop.pay(id)).body.state).toBe('paid');
  });

  const good = { name: 'Bon', price: 1 };
  test.each([
    ['a description with a tab', { ...good, description: 'a\tb' }],
    ['a negative price', { ...good, price: -5 }],
    ['a fractional price', { ...good, price: 1.5 }],
    ['a price in words', { ...good, price: '12' }],
    ['a huge price', { ...good, price: 2 ** 53 }],
    ['a negative stock', { ...good, stock: -1 }],
    ['no name', { price: 1 }],
    ['a blank name', { ...good, name: '  ' }],
    ['a name of 10,000 characters', { ...good, name: 'a'.repeat(10_000) }],
    ['a name that turns the text around', { ...good, name: 'a\u202eb' }],
    ['no such currency', { ...good, currency: 'ABC' }],
    ['an id of its own', { ...good, id: 7 }],
    ['an unknown field', { ...good, reserved: 0 }],
  ])('with %s is refused', async (_, body) => {
    expect((await shop.catalogue('POST /products', admin, body)).status).toBe(400);
    expect((await shop.catalogue('PUT /products/1', admin, body)).status).toBe(400);
  });

  test.each(['0', '-1', '1.5', '%00', 'abc', '9007199254740992', '1e3'])('of the id %s does not exist', async (id) => {
    expect([400, 404]).toContain((await shop.catalogue(`GET /products/${id}`)).status);
  });

  test('is for admins to change', async () => {
    for (const request of ['POST /products', 'PUT /products/1', 'DELETE /products/1'])
      for (const who of [student(), teacher]) expect((await shop.catalogue(request, who, {})).status).toBe(403);
  });
});

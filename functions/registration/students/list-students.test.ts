import { beforeAll, describe, expect, test } from '@jest/globals';
import { dynamo } from '../../../platform/data/client.ts';
import { admin, call, type Identity, student, teacher } from '../../../tests/support/call.ts';
import { commandsOf } from '../../../tests/support/faults.ts';
import { registered, somePhone } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler as fees } from '../fees.ts';
import { handler } from '../students.ts';

beforeAll(async () => {
  await createContext('registration', 'grades');
});

const page = (query: string, as: Identity = admin) => call(handler, `GET /students?${query}`, { as });

const nextOf = (headers: Record<string, string>): string | undefined =>
  /<\/students\?(.*)>; rel="next"/.exec(headers.Link ?? '')?.[1];

/** All pages of a list, by following its links. */
async function all(query: string, as: Identity = admin): Promise<{ id: number; name: string }[]> {
  const found = [];
  for (let next: string | undefined = query; next !== undefined; ) {
    const { status, body, headers } = await page(next, as);
    expect(status).toBe(200);
    found.push(...body);
    next = nextOf(headers);
  }
  return found;
}

const names = async (query: string): Promise<string[]> => (await all(query)).map(({ name }) => name);

test('the list is a bare array of students, by id', async () => {
  const id = await registered({ name: 'Zoé Abel' });
  const students = await all('limit=200');
  expect(students.find((one) => one.id === id)).toMatchObject({
    id,
    name: 'Zoé Abel',
    email: expect.any(String),
    paid: false,
  });
  expect(students.map((one) => one.id)).toEqual(students.map((one) => one.id).toSorted((a, b) => a - b));
});

test('pages together show everybody once, and the last has no next', async () => {
  const ids = [];
  for (let i = 0; i < 7; i += 1) ids.push(await registered({ class_name: 'Pages 7' }));
  for (const limit of [1, 3, 7, 8]) {
    expect((await all(`class_name=pages+7&limit=${limit}`)).map(({ id }) => id)).toEqual(ids);
  }
  expect(nextOf((await page('class_name=pages+7&limit=7')).headers)).toBeUndefined();
});

test('a page is one query, and reads one item more than it shows', async () => {
  expect(await commandsOf(dynamo, () => page('limit=5'))).toEqual(['Query']);
  expect(await commandsOf(dynamo, () => page('last_name=x'))).toEqual(['Query']);
});

describe('filters', () => {
  beforeAll(async () => {
    await registered({ name: 'Élodie Nguyên', class_name: 'Première B' });
    await registered({ name: 'ELODIE NGUYEN-TRAN', class_name: 'premiere  b' });
    await registered({ name: 'Elo Ndour', class_name: 'Première BC' });
    await registered({ name: 'Nguyen' });
    await registered({ first_name: '🎓', last_name: '\u0301', name: 'x' });
  });

  test.each([
    ['last_name=nguyen', ['Nguyen', 'Élodie Nguyên', 'ELODIE NGUYEN-TRAN']],
    ['last_name=NGUY%C3%8AN-T', ['ELODIE NGUYEN-TRAN']],
    ['first_name=elo&last_name=n', ['Elo Ndour', 'ELODIE NGUYEN-TRAN', 'Élodie Nguyên']],
    ['first_name=%C3%A9lodie', ['ELODIE NGUYEN-TRAN', 'Élodie Nguyên']],
    ['class_name=PREMIERE+B', ['ELODIE NGUYEN-TRAN', 'Élodie Nguyên']],
    ['class_name=premiere+b&last_name=nguyen-', ['ELODIE NGUYEN-TRAN']],
    ['class_name=premiere+b&first_name=zoe', []],
    ['first_name=elo&paid=true', []],
    ['last_name=%F0%9F%8E%93', []],
    ['first_name=%F0%9F%8E%93', ['🎓 \u0301']],
  ])('%s', async (query, expected) => {
    expect((await names(query)).toSorted()).toEqual(expected.toSorted());
    expect((await names(`${query}&limit=1`)).toSorted()).toEqual(expected.toSorted());
  });

  test('a phone in any spelling', async () => {
    const phone = somePhone();
    const id = await registered({ phone });
    const local = phone.replace('+221', '');
    for (const query of [`phone=${encodeURIComponent(phone)}`, `phone=${phone}`, `phone=${local}`]) {
      expect((await all(query)).map((one) => one.id)).toEqual([id]);
    }
    expect(await all(`phone=${local}&paid=true`)).toEqual([]);
    expect(await all(`phone=${encodeURIComponent(somePhone())}`)).toEqual([]);
  });

  test('who has paid, however few they are among the others', async () => {
    const ids = [];
    for (let i = 0; i < 6; i += 1) ids.push(await registered({ class_name: 'Payers' }));
    for (const id of [ids[1], ids[4]]) await call(fees, `POST /pay/${id}`, { as: admin });
    expect((await all('class_name=payers&paid=true&limit=1')).map(({ id }) => id)).toEqual([ids[1], ids[4]]);
    expect(await all('class_name=payers&paid=false&limit=2')).toHaveLength(4);
  });
});

describe('names as people write them', () => {
  const APOSTROPHES = ["'", '’', 'ʼ', 'ʻ', '‘', '`', '´'];
  beforeAll(async () => {
    for (const [i, sign] of APOSTROPHES.entries())
      await registered({ name: `Awa N${sign}Diaye${i}`, class_name: `Classe d${sign}Été` });
    for (const name of ['Zoé Łuczak', 'Ása Þórsdóttir', 'Иван Йовков', 'Иван Иовков', 'राम किरण', 'राम करण', 'Cher'])
      await registered({ name });
    for (const last_name of ['Zita', 'Œdipe', 'Olivia', 'Octave', 'Oc', 'Oc Tave'])
      await registered({ first_name: 'Ordre', last_name, class_name: 'Dictionnaire' });
  });

  test.each(APOSTROPHES)('%s finds every other', async (sign) => {
    const found = await all(`last_name=${encodeURIComponent(`n${sign}DIAYE`)}`);
    expect(found).toHaveLength(APOSTROPHES.length);
    expect(await all(`class_name=${encodeURIComponent(`classe d${sign}ete`)}`)).toHaveLength(APOSTROPHES.length);
  });

  test.each([
    ['last_name=luczak', ['Zoé Łuczak']],
    ['last_name=thorsdottir', ['Ása Þórsdóttir']],
    ['last_name=Иов', ['Иван Иовков']],
    ['last_name=ЙО', ['Иван Йовков']],
    ['last_name=किरण', ['राम किरण']],
    ['first_name=cher', ['Cher']],
    ['last_name=che', ['Cher']],
  ])('%s', async (query, expected) => {
    expect(await names(encodeURI(query))).toEqual(expected);
  });

  test('a class, and who is called alike, come in the order of a dictionary', async () => {
    const ordered = ['Oc', 'Oc Tave', 'Octave', 'Œdipe', 'Olivia', 'Zita'].map((last) => `Ordre ${last}`);
    expect(await names('class_name=dictionnaire&limit=2')).toEqual(ordered);
    expect(await names('last_name=o&first_name=ordre&limit=1')).toEqual(ordered.slice(0, 5));
  });
});

test('a form that leaves filters empty asks by the others alone, and True is true', async () => {
  const id = await registered({ name: 'Awa Formulaire', class_name: 'Vide' });
  const empty = 'first_name=&phone=&status=&paid=&class_name=';
  expect((await all(`${empty}&last_name=formulaire`)).map((one) => one.id)).toEqual([id]);
  expect((await all('class_name=vide&paid=False')).map((one) => one.id)).toEqual([id]);
  expect(await all('class_name=vide&paid=True')).toEqual([]);
});

describe('bad input', () => {
  test.each([
    'limit=-1',
    'limit=0',
    'limit=201',
    'limit=1e9',
    'limit=1000000000',
    'limit=',
    'limit=1&limit=2',
    'paid=yes',
    'last_name=%00',
    'last_name=%CC%81',
    `last_name=${'a'.repeat(500)}`,
    'phone=abc',
    'q=x',
    'email=a',
    'cursor=',
    'cursor=abc',
    `cursor=${'A'.repeat(2048)}`,
    '__proto__=x',
  ])('%.40s is refused', async (query) => {
    expect((await page(query)).status).toBe(400);
  });

  test('a cursor opens nothing but the list it came from', async () => {
    for (let i = 0; i < 3; i += 1) await registered({ class_name: 'Cursors' });
    const next = new URLSearchParams(nextOf((await page('class_name=cursors&limit=1')).headers));
    const cursor = encodeURIComponent(next.get('cursor') ?? '');
    expect((await page(`class_name=cursors&cursor=${cursor}`)).body).toHaveLength(2);
    expect((await page(`class_name=other&cursor=${cursor}`)).body.code).toBe('invalid_cursor');
    expect((await page(`cursor=${cursor}`)).body.code).toBe('invalid_cursor');
    expect((await page(`class_name=cursors&cursor=${cursor}`, teacher)).body.code).toBe('invalid_cursor');
  });
});

test('the list is for staff', async () => {
  expect((await page('', teacher)).status).toBe(200);
  expect((await page('', student())).status).toBe(403);
});

test('the cursor of the longest names that there are is taken back', async () => {
  // Each letter folds into four of three bytes: whatever of it stands in a key stands in the cursor.
  const [first_name, last_name, class_name] = ['㍿'.repeat(100), '㍿'.repeat(100), '㍿'.repeat(100)];
  const ids: number[] = [];
  for (let i = 0; i < 3; i += 1) ids.push(await registered({ first_name, last_name, class_name }));
  const found = await all(`limit=1&class_name=${encodeURIComponent(class_name)}`);
  expect(found.map(({ id }) => id).sort()).toEqual(ids.sort());
});

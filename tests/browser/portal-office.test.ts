import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { findings, screenshots, startBrowser, watched, widthOf } from '../support/browsing.ts';
import { urlOf } from '../support/http.ts';

let browser: Browser;
let signedIn: BrowserContextOptions['storageState'];

beforeAll(async () => {
  browser = await startBrowser();
  const { page, context } = await watched(browser, {});
  await page.goto(urlOf('/'));
  await page.locator('#username').fill('admin');
  await page.locator('#password').fill('admin');
  await page.locator('main form button').click();
  await page.waitForURL(urlOf('/home'));
  signedIn = await context.storageState();
  await context.close();
});
afterAll(() => browser.close());

const office = (options: BrowserContextOptions) =>
  watched(browser, { ...options, ...(signedIn && { storageState: signedIn }) });

const SCREENS: readonly (readonly [part: string, paths: readonly string[]])[] = [
  ['the students', ['/home', '/portal/students?q=dio', '/portal/students?q=zzzz', '/portal/students/new']],
  ['a record', ['/portal/students/1/record', '/portal/students/1/edit', '/portal/students/1/guardians']],
  [
    'what is done with a record',
    ['contacts', 'class', 'leave', 'remove', 'pay', 'waive'].map((one) => `/portal/students/1/${one}`),
  ],
  ['the fees', ['/portal/fees', '/portal/fees/new', '/portal/students/restore']],
  ['the year', ['/portal/year', '/portal/year/new', '/portal/year/rollover', '/portal/school']],
  [
    'the programmes',
    ['/portal/programme', '/portal/programme/Terminale%20S1', '/portal/programme/Terminale%20S1/copy'],
  ],
  ['the shop', ['/portal/shop', '/portal/shop/new', '/portal/shop/1', '/portal/shop/1/retire', '/portal/shop/orders']],
  ['the accounts', ['/portal/accounts', '/portal/accounts/prof', '/portal/accounts/prof/remove']],
  ['the rest', ['/portal/operations', '/portal/dead-letters', '/portal/import', '/portal/export']],
];

/**
 * Of all eight looks each page has four, among which each language comes in each theme and at each width, and each theme
 * at each width; the next part has the other four.
 */
const LOOKS = [
  [
    { locale: 'fr-FR', colorScheme: 'light', width: 320 },
    { locale: 'fr-FR', colorScheme: 'dark', width: 1280 },
    { locale: 'en-GB', colorScheme: 'light', width: 1280 },
    { locale: 'en-GB', colorScheme: 'dark', width: 320 },
  ],
  [
    { locale: 'fr-FR', colorScheme: 'light', width: 1280 },
    { locale: 'fr-FR', colorScheme: 'dark', width: 320 },
    { locale: 'en-GB', colorScheme: 'light', width: 320 },
    { locale: 'en-GB', colorScheme: 'dark', width: 1280 },
  ],
] as const;

const LOOKED_AT = SCREENS.flatMap(([part, paths], i) =>
  (LOOKS[i % 2] ?? []).map((look) => [part, look, paths] as const),
);

test.each(LOOKED_AT)(
  'axe finds nothing and nothing is wider than the screen: %s, %j',
  async (_, { width, ...look }, paths) => {
    const { page, context, complaints } = await office({ ...look, viewport: { width, height: 800 } });
    for (const path of paths) {
      await page.goto(urlOf(path));
      expect([path, await findings(page)]).toEqual([path, []]);
      expect([path, await widthOf(page)]).toEqual([path, width]);
      const name = `office${path.replaceAll(/\W+/g, '-')}-${look.locale.slice(0, 2)}-${look.colorScheme}-${width}.png`;
      await page.screenshot({ path: join(screenshots, name), fullPage: true });
    }
    expect(complaints).toEqual([]);
    await context.close();
  },
);

const somebody = () => ({
  family: `Nav${randomUUID().slice(0, 6)}`,
  phone: `77${Math.random().toString().slice(2, 9)}`,
});

describe.each([
  { javaScriptEnabled: true, width: 1280 },
  { javaScriptEnabled: true, width: 320 },
  { javaScriptEnabled: false, width: 1280 },
  { javaScriptEnabled: false, width: 320 },
])('the counter in the first week, %j', ({ javaScriptEnabled, width }) => {
  const options = { javaScriptEnabled, locale: 'fr-FR', viewport: { width, height: 800 } };

  /** What only a browser with JavaScript can be asked: what is shown without it is the same. */
  async function mustBeSound(page: Page): Promise<void> {
    if (!javaScriptEnabled) return;
    expect(await findings(page)).toEqual([]);
    expect(await widthOf(page)).toBe(width);
  }

  test('enrol, take a payment, notify', async () => {
    const { page, context, complaints } = await office(options);
    const { family, phone } = somebody();
    await page.goto(urlOf('/portal/students'));
    await page.getByRole('link', { name: 'Inscrire un élève' }).click();
    await page.getByLabel('Prénom').fill('Awa');
    await page.getByLabel('Nom', { exact: true }).fill(family);
    await page.getByLabel('Classe').fill('Sixième Guichet');
    await page.locator('#phone').fill('12');
    await page.getByRole('button', { name: 'Inscrire' }).click();
    await page.getByRole('heading', { name: 'Il y a un problème' }).waitFor();
    expect(await page.getByLabel('Prénom').inputValue()).toBe('Awa');
    await mustBeSound(page);
    await page.locator('#phone').fill(phone);
    await page.getByRole('button', { name: 'Inscrire' }).click();
    await page.getByText('Élève inscrit(e).').waitFor();
    await page.getByRole('link', { name: 'Encaisser' }).click();
    await page.getByRole('button', { name: 'Enregistrer le paiement' }).click();
    await page.getByText('Paiement enregistré.').waitFor();
    await page.getByText('Tout est réglé.').waitFor();
    await mustBeSound(page);
    await page.getByRole('button', { name: 'Notifier les notes' }).click();
    await page.getByText('Notification envoyée').waitFor();
    expect(complaints.filter((one) => !one.includes('400'))).toEqual([]);
    await context.close();
  });

  test('import a list with two bad rows, and send the mended ones', async () => {
    const { page, context, complaints } = await office(options);
    const { family, phone } = somebody();
    const rows = [`${family};Awa;${phone}`, `${family};Faux;12`, `${family};Muet;`];
    const file = (text: string) => ({ name: 'liste.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    const [other, another] = [somebody().phone, somebody().phone];
    await page.goto(urlOf('/portal/import'));
    await page.locator('#file').setInputFiles(file(['Nom;Prénom;Téléphone', ...rows].join('\n')));
    await page.getByRole('button', { name: 'Vérifier le fichier' }).click();
    await page.getByRole('heading', { name: 'Lignes refusées' }).waitFor();
    expect(await page.getByRole('table', { name: 'Lignes refusées' }).getByRole('rowheader').allInnerTexts()).toEqual([
      '3',
      '4',
    ]);
    await mustBeSound(page);
    await page.screenshot({ path: join(screenshots, `office-import-checked-${width}.png`), fullPage: true });
    await page.getByRole('button', { name: 'Importer ces lignes' }).click();
    await page.getByRole('heading', { name: 'Import terminé' }).waitFor();
    const waiting = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Télécharger les lignes à corriger' }).click();
    const saved = await waiting;
    expect(saved.suggestedFilename()).toBe('a-corriger.csv');
    const failed = await readFile(await saved.path(), 'utf8');
    await page.getByRole('link', { name: 'Choisir un autre fichier' }).click();
    const mended = failed.replace(';12;', `;${other};`).replace(';Muet;;', `;Muet;${another};`);
    await page.locator('#file').setInputFiles(file(mended));
    await page.getByRole('button', { name: 'Vérifier le fichier' }).click();
    await page.getByRole('button', { name: 'Importer ces lignes' }).click();
    await page.getByRole('heading', { name: 'Import terminé' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Lignes refusées' }).count()).toBe(0);
    await page.goto(urlOf(`/portal/students?q=${family}`));
    expect(await page.getByRole('rowheader').count()).toBe(3);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

/** Steps on with the Tab key until something of this id or text has the focus. */
async function reach(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate('(document.activeElement.id || document.activeElement.textContent).trim()')) === name)
      return;
  }
  throw new Error(`Tab never came to ${name}`);
}

test('a student is found, enrolled and paid for by keyboard alone', async () => {
  const { page, context } = await office({ locale: 'en-GB' });
  const { family, phone } = somebody();
  await page.goto(urlOf('/portal/students/new'));
  await reach(page, 'first_name');
  await page.keyboard.type('Awa');
  await reach(page, 'last_name');
  await page.keyboard.type(family);
  await reach(page, 'phone');
  await page.keyboard.type(phone);
  await page.keyboard.press('Enter');
  await page.getByText('Student enrolled.').waitFor();
  await reach(page, 'Take a payment');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/pay$/);
  await reach(page, 'amount');
  await page.keyboard.press('Enter');
  await page.getByText('Payment recorded.').waitFor();
  await reach(page, 'Notify the marks');
  await page.keyboard.press('Enter');
  await page.getByText('The marks service has been notified.').waitFor();
  await page.goto(urlOf('/portal/students'));
  await reach(page, 'q');
  await page.keyboard.type(family.slice(0, 6));
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: `Awa ${family}` }).waitFor();
  await context.close();
});

test('a fee is checked before it is charged; the roll-over lists everybody before anything changes', async () => {
  const { page, context } = await office({ locale: 'fr-FR', viewport: { width: 320, height: 800 } });
  await page.goto(urlOf('/portal/fees/new?class_name=Terminale%20S1'));
  await page.getByLabel('Libellé').fill('Cantine');
  await page.locator('#instalments-0-amount').fill('15 000');
  await page.locator('#instalments-0-due_on').fill('2026-12-05');
  await page.getByRole('button', { name: 'Continuer' }).click();
  await page.getByRole('heading', { name: 'Vérifiez avant de confirmer' }).waitFor();
  expect(await findings(page)).toEqual([]);
  expect(await widthOf(page)).toBe(320);
  await page.getByRole('button', { name: 'Modifier' }).click();
  expect(await page.getByLabel('Libellé').inputValue()).toBe('Cantine');
  await page.goto(urlOf('/portal/year/rollover'));
  await page.getByLabel('À l’année').fill('2027-2028');
  const row = page.getByRole('group', { name: 'Terminale L2' });
  await row.getByLabel('a fini').check();
  await page.getByRole('button', { name: 'Continuer' }).click();
  await page.getByText('À fermer d’abord').waitFor();
  await page.getByText('Chloé Bernard').waitFor();
  expect(await findings(page)).toEqual([]);
  expect(await widthOf(page)).toBe(320);
  await context.close();
});

test('text twice as large is still without sideways scrolling', async () => {
  const { page, context } = await office({ viewport: { width: 1280, height: 900 } });
  for (const path of ['/home', '/portal/students', '/portal/students/1/record', '/portal/programme/Terminale%20S1']) {
    await page.goto(urlOf(path));
    await page.evaluate('document.documentElement.style.fontSize = "200%"');
    expect([path, await widthOf(page)]).toEqual([path, 1280]);
  }
  await context.close();
});

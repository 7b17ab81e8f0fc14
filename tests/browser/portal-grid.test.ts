import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { findings, screenshots, startBrowser, watched, widthOf } from '../support/browsing.ts';
import { call, logIn, urlOf } from '../support/http.ts';

const CLASS = 'Terminale L2';

/** Everybody in the class, as the grid sorts them. */
const NAMES = [
  ...['Awa Gueye', 'Cheikh Mbaye', 'Chloé Bernard', 'Hugo Lemaître'],
  ...['Ibrahima Sow', 'Mariama Cissé', 'Moussa Diallo', 'Ndèye Fall'],
];

let browser: Browser;
let signedIn: BrowserContextOptions;
let token: string;
let address: string;
let id: string;

beforeAll(async () => {
  browser = await startBrowser();
  const { page, context } = await watched(browser, {});
  await page.goto(urlOf('/'));
  await enterAs(page, 'prof', 'prof');
  await page.waitForURL(urlOf('/home'));
  signedIn = { storageState: await context.storageState() };
  await context.close();
  token = await logIn('prof', 'prof');
});
afterAll(() => browser.close());

beforeEach(async () => {
  const body = { class_name: CLASS, subject: 'Mathématiques', title: 'Devoir de grille' };
  ({ id } = (await call('POST', '/assessments', { token, body })).body);
  address = urlOf(`/portal/classes/${encodeURIComponent(CLASS)}/assessments/${id}`);
});

async function enterAs(page: Page, username: string, password: string, within = 'main'): Promise<void> {
  await page.locator(`${within} #username`).fill(username);
  await page.locator(`${within} #password`).fill(password);
  await page.locator(`${within} form button`).click();
}

/** Opens the grid in a browser of its own. */
async function grid(options: BrowserContextOptions = {}): Promise<Awaited<ReturnType<typeof watched>>> {
  const opened = await watched(browser, { locale: 'fr-FR', ...signedIn, ...options });
  await opened.page.goto(address);
  return opened;
}

const cell = (page: Page, name: string) => page.getByLabel(`${name}, Note`, { exact: true });
const fate = (page: Page, text: string) => page.locator('.fate', { hasText: text });

/** What the service has, by name. */
async function stored(): Promise<Readonly<Record<string, unknown>>> {
  const { body } = await call('GET', `/assessments/${id}/results`, { token });
  return Object.fromEntries(
    body.map((one: { name: string; score?: number; status?: string }) => [one.name, one.score ?? one.status]),
  );
}

/** Waits until as many rows are saved. */
const saved = (page: Page, count: number) =>
  page
    .locator('.fate[data-kind=saved]')
    .nth(count - 1)
    .waitFor();

/** Pastes as the browser's own event would, without a clipboard that tests share. */
async function pasteInto(page: Page, name: string, text: string): Promise<void> {
  await cell(page, name).focus();
  await page.evaluate(`
    const data = new DataTransfer();
    data.setData('text/plain', ${JSON.stringify(text)});
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  `);
}

const closed = (context: BrowserContext): Promise<void> => context.close();

test('a class is entered by keyboard alone, saved as one goes, and the figures move', async () => {
  const { page, context, complaints } = await grid();
  await cell(page, NAMES[0] ?? '').focus();
  for (const typed of ['12,5', '8', 'a', 'd', 'n', '20', '', '10.25']) {
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
  }
  await saved(page, 7);
  expect(await stored()).toEqual({
    ...{ 'Awa Gueye': 12.5, 'Cheikh Mbaye': 8, 'Chloé Bernard': 'absent', 'Hugo Lemaître': 'exempt' },
    ...{ 'Ibrahima Sow': 'missing', 'Mariama Cissé': 20, 'Moussa Diallo': undefined, 'Ndèye Fall': 10.25 },
  });
  const figures = await page.locator('[data-figure]').allTextContents();
  expect(figures).toEqual(['5', '10,15', '10,25']);
  // As the server draws them, once the page is loaded anew.
  const heights = (): Promise<string[]> =>
    page
      .locator('.beside .fill')
      .evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute('height')).toFixed(1)));
  const moved = await heights();
  await page.reload();
  expect(await page.locator('[data-figure]').allTextContents()).toEqual(figures);
  expect(await heights()).toEqual(moved);
  expect(
    await page.evaluate('localStorage.length === 0 || Object.values(localStorage).every((one) => one === "[]")'),
  ).toBe(true);
  expect(complaints).toEqual([]);
  await closed(context);
});

test('the arrows move, a mark is copied down, and what is too high says so at once and is not sent', async () => {
  const { page, context } = await grid();
  await cell(page, 'Awa Gueye').fill('21');
  expect(await fate(page, 'Au-dessus du maximum').count()).toBe(1);
  expect(await cell(page, 'Awa Gueye').getAttribute('aria-invalid')).toBe('true');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('14');
  await page.keyboard.press('Control+d');
  await saved(page, 7);
  expect((await stored())['Awa Gueye']).toBeUndefined();
  expect((await stored())['Ndèye Fall']).toBe(14);
  await page.keyboard.press('ArrowUp');
  await page.getByRole('button', { name: 'Non rendu' }).click();
  expect(await cell(page, 'Awa Gueye').inputValue()).toBe('n');
  await saved(page, 8);
  await closed(context);
});

test('a column is pasted in order, and with names each mark goes to its student', async () => {
  const { page, context } = await grid();
  await pasteInto(page, 'Awa Gueye', '12\r\n13,5\r\na\r\n');
  await saved(page, 3);
  expect(await stored()).toMatchObject({ 'Awa Gueye': 12, 'Cheikh Mbaye': 13.5, 'Chloé Bernard': 'absent' });
  const sheet = ['SOW Ibrahima\t15', 'Cisse Mariama\t9,25', 'Personne Inconnue\t3', 'fall ndeye\tn'].join('\n');
  await pasteInto(page, 'Awa Gueye', sheet);
  await saved(page, 6);
  // It stays once all is saved, until one goes on.
  expect(await page.locator('#told').textContent()).toMatch(/^3 lignes collées.*Personne Inconnue\s3$/);
  expect(await stored()).toMatchObject({ 'Ibrahima Sow': 15, 'Mariama Cissé': 9.25, 'Ndèye Fall': 'missing' });
  await closed(context);
});

test('a connection that is cut loses nothing: not with the page loaded anew, nor in a tab that was closed', async () => {
  const { page, context } = await grid();
  await context.setOffline(true);
  await cell(page, 'Awa Gueye').fill('11');
  await page.keyboard.press('Enter');
  await page.getByText('Connexion coupée').waitFor();
  await page.screenshot({ path: join(screenshots, 'grid-offline.png'), fullPage: true });
  await page.close();
  expect((await stored())['Awa Gueye']).toBeUndefined();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(address);
  await saved(again, 1);
  expect(await stored()).toMatchObject({ 'Awa Gueye': 11 });
  await closed(context);
});

test('a session that ended is opened again on the same page, and the grid is still filled', async () => {
  const { page, context } = await grid();
  await cell(page, 'Awa Gueye').fill('17');
  await context.clearCookies();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Votre session est terminée' }).waitFor();
  expect(await findings(page)).toEqual([]);
  await page.screenshot({ path: join(screenshots, 'grid-session.png') });
  await enterAs(page, 'prof', 'wrong password', '#entrance');
  await page.getByText('Nom ou mot de passe incorrect').waitFor();
  await enterAs(page, 'prof', 'prof', '#entrance');
  await saved(page, 1);
  expect(await page.url()).toBe(address);
  expect(await cell(page, 'Awa Gueye').inputValue()).toBe('17');
  expect(await stored()).toMatchObject({ 'Awa Gueye': 17 });
  await closed(context);
});

test('a colleague’s change stands beside one’s own, with who it was, until one of them is chosen', async () => {
  const { page, context } = await grid();
  const body = (await call('GET', `/assessments/${id}/results`, { token })).body as {
    student_id: number;
    name: string;
  }[];
  const idOf = (name: string) => body.find((one) => one.name === name)?.student_id;
  const colleague = await logIn('admin', 'admin');
  const lines = [
    { student_id: idOf('Awa Gueye'), score: 6 },
    { student_id: idOf('Cheikh Mbaye'), score: 7 },
  ];
  await call('PUT', `/assessments/${id}/results`, { token: colleague, body: lines });
  await cell(page, 'Awa Gueye').fill('16');
  await page.keyboard.press('Enter');
  await fate(page, 'admin a saisi 6 entre-temps').waitFor();
  await page.keyboard.type('18');
  await page.keyboard.press('Enter');
  await fate(page, 'admin a saisi 7 entre-temps').waitFor();
  expect(await findings(page)).toEqual([]);
  await page.screenshot({ path: join(screenshots, 'grid-conflict.png'), fullPage: true });
  await page.getByRole('button', { name: 'Garder la mienne' }).first().click();
  await saved(page, 1);
  await page.getByRole('button', { name: 'Prendre la sienne' }).click();
  expect(await cell(page, 'Cheikh Mbaye').inputValue()).toBe('7');
  expect(await stored()).toMatchObject({ 'Awa Gueye': 16, 'Cheikh Mbaye': 7 });
  await closed(context);
});

test('without JavaScript it is one form with one button, which tells of each line', async () => {
  const { page, context } = await grid({ javaScriptEnabled: false, viewport: { width: 320, height: 800 } });
  await cell(page, 'Awa Gueye').fill('12,5');
  await cell(page, 'Cheikh Mbaye').fill('25');
  await page.getByRole('button', { name: 'Enregistrer les notes' }).click();
  await page.getByText('1 ligne(s) enregistrée(s), 1 à revoir').waitFor();
  expect(await cell(page, 'Cheikh Mbaye').inputValue()).toBe('25');
  expect(await widthOf(page)).toBe(320);
  expect(await stored()).toMatchObject({ 'Awa Gueye': 12.5, 'Cheikh Mbaye': undefined });
  await closed(context);
});

test('a comment is typed beside its mark, and a mark that is changed keeps its own', async () => {
  const { page, context } = await grid();
  await page.getByRole('link', { name: 'Ajouter des commentaires' }).click();
  await page.getByLabel('Awa Gueye, Commentaire').fill('Travail soigné');
  await cell(page, 'Awa Gueye').fill('15');
  await page.keyboard.press('Enter');
  await saved(page, 1);
  await page.getByRole('link', { name: 'Masquer les commentaires' }).click();
  await cell(page, 'Awa Gueye').fill('16');
  await page.keyboard.press('Enter');
  await saved(page, 1);
  const [first] = (await call('GET', `/assessments/${id}/results`, { token })).body;
  expect(first).toMatchObject({ score: 16, comment: 'Travail soigné', version: 3 });
  await closed(context);
});

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { findings, screenshots, startBrowser, watched, widthOf } from '../support/browsing.ts';
import { urlOf } from '../support/http.ts';

let browser: Browser;
const people = new Map<string, BrowserContextOptions['storageState']>();

/** The demo accounts whose pages are looked at. */
const PASSWORDS: Readonly<Record<string, string>> = { victor: '1234', parent: 'parent', prof: 'prof', admin: 'admin' };

beforeAll(async () => {
  browser = await startBrowser();
  for (const username of Object.keys(PASSWORDS)) {
    const { page, context } = await watched(browser, {});
    await signIn(page, username);
    people.set(username, await context.storageState());
    await context.close();
  }
});
afterAll(() => browser.close());

async function signIn(page: Page, username: string, password = PASSWORDS[username] ?? ''): Promise<void> {
  await page.goto(urlOf('/'));
  await page.locator('#username').fill(username);
  await page.locator('#password').fill(password);
  await page.locator('main form button').click();
  await page.waitForURL(urlOf('/home'));
}

/** Opens a browser for somebody who is signed in already, or for nobody. */
const browserOf = (username: string | undefined, options: BrowserContextOptions) => {
  const storageState = username === undefined ? undefined : people.get(username);
  return watched(browser, { ...options, ...(storageState && { storageState }) });
};

/** How a program on the visitor's machine asks for a code: its page is another before signing in and after it. */
const AUTHORIZE = `/portal/authorize?${new URLSearchParams({
  ...{ response_type: 'code', client_id: 'campus-cli', redirect_uri: 'http://127.0.0.1:49152/callback' },
  ...{ code_challenge_method: 'S256', code_challenge: 'c'.repeat(43), state: 'a-state-of-its-own' },
})}`;

/** What each of them is shown, in parts that a busy machine gets through in time. */
const SCREENS: readonly (readonly [who: string, part: string, paths: readonly string[]])[] = [
  ['nobody', 'before signing in', ['/', '/register', '/portal/nothing', AUTHORIZE]],
  ['victor', 'in the shop', ['/home', '/buy/1', '/buy/99999999', '/purchases', '/portal/orders']],
  ['victor', 'at school', ['/portal/marks', '/portal/fees', '/portal/health']],
  ['victor', 'about himself', ['/portal/account', '/portal/account/password', '/logout', AUTHORIZE]],
  ['parent', 'about the children', ['/home', '/portal/marks', '/portal/fees']],
  ['prof', 'of the classes', ['/home', '/portal/classes', '/portal/classes/Terminale%20S1', '/portal/students/1']],
  ['admin', 'of the school', ['/home', '/portal/classes']],
];

const LOOKS = (['fr-FR', 'en-GB'] as const).flatMap((locale) =>
  (['light', 'dark'] as const).flatMap((colorScheme) => [320, 1280].map((width) => ({ locale, colorScheme, width }))),
);

/** Whether the browser only says that a page which is not there was not found. */
const isOfMissing = (complaint: string): boolean => complaint.includes('404');

describe.each(SCREENS)('every screen of %s %s', (who, _, paths) => {
  test.each(LOOKS)('axe finds nothing and nothing is wider than the screen: %j', async ({ width, ...look }) => {
    const username = who === 'nobody' ? undefined : who;
    const { page, context, complaints } = await browserOf(username, { ...look, viewport: { width, height: 800 } });
    for (const path of paths) {
      await page.goto(urlOf(path));
      expect([path, await findings(page)]).toEqual([path, []]);
      expect([path, await widthOf(page)]).toEqual([path, width]);
      const name = `${who}${path.split('?')[0]?.replaceAll(/\W+/g, '-')}-${look.locale.slice(0, 2)}-${look.colorScheme}-${width}.png`;
      await page.screenshot({ path: join(screenshots, name), fullPage: true });
    }
    expect(complaints.filter((one) => !isOfMissing(one))).toEqual([]);
    await context.close();
  });
});

describe.each([
  { javaScriptEnabled: true, width: 1280 },
  { javaScriptEnabled: true, width: 320 },
  { javaScriptEnabled: false, width: 1280 },
  { javaScriptEnabled: false, width: 320 },
])('the way of a customer, %j', ({ javaScriptEnabled, width }) => {
  test('sign up, buy, see the purchase, sign out, sign in again', async () => {
    const options = { javaScriptEnabled, locale: 'fr-FR', viewport: { width, height: 800 } };
    const { page, context, complaints } = await watched(browser, options);
    const [username, password] = [`u${randomUUID().slice(0, 8)}`, 'une phrase assez longue'];
    await page.goto(urlOf('/'));
    await page.getByRole('link', { name: 'Créer un compte' }).click();
    await page.locator('#username').fill(username);
    await page.locator('#password').fill(password);
    await page.locator('#password_again').fill(password);
    await page.getByRole('button', { name: 'Créer un compte' }).click();
    await page.getByRole('heading', { name: `Bonjour ${username}` }).waitFor();
    await page.getByRole('link', { name: 'Acheter : Calculatrice scientifique' }).click();
    await page.getByRole('button', { name: 'Confirmer l’achat' }).click();
    await page.getByText('Achat enregistré.').waitFor();
    expect(await page.getByRole('rowheader', { name: 'Calculatrice scientifique' }).count()).toBe(1);
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.getByText('Vous êtes déconnecté').waitFor();
    await signIn(page, username, password);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('the language and the theme change, and stay', async () => {
    const options = { javaScriptEnabled, locale: 'fr-FR', viewport: { width, height: 800 } };
    const { page, context } = await watched(browser, options);
    await page.goto(urlOf('/register'));
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Create an account' }).waitFor();
    await page.getByRole('button', { name: 'Dark' }).click();
    await page.locator('html[data-theme="dark"]').waitFor();
    await page.goto(urlOf('/'));
    await page.locator('html[data-theme="dark"][lang="en"]').waitFor();
    await context.close();
  });
});

test('all of the way can be gone by keyboard alone', async () => {
  const { page, context } = await watched(browser, { locale: 'en-GB' });
  await page.goto(urlOf('/'));
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.className')).toBe('skip');
  await page.keyboard.press('Enter');
  const reach = async (name: string): Promise<void> => {
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate('(document.activeElement.id || document.activeElement.textContent).trim()')) === name)
        return;
    }
    throw new Error(`Tab never came to ${name}`);
  };
  await reach('username');
  await page.keyboard.type('victor');
  await reach('password');
  await page.keyboard.type('1234');
  await page.keyboard.press('Enter');
  await page.waitForURL(urlOf('/home'));
  await reach('Buy: Cahier de cours 200 pages');
  await page.keyboard.press('Enter');
  await page.waitForURL(urlOf('/buy/1'));
  await reach('Confirm the purchase');
  await page.keyboard.press('Enter');
  await page.getByText('Purchase recorded.').waitFor();
  await context.close();
});

test('a form that is refused puts what is wrong first, and the field is one step from there', async () => {
  const { page, context } = await watched(browser, { locale: 'en-GB' });
  await page.goto(urlOf('/register'));
  await page.locator('#username').fill('victor');
  await page.locator('#password').fill('a long password');
  await page.locator('#password_again').fill('another password');
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  expect(await page.evaluate('document.activeElement.className')).toBe('summary');
  expect(await findings(page)).toEqual([]);
  await page.screenshot({ path: join(screenshots, 'refused.png') });
  await page.getByRole('link', { name: 'Password, once more' }).click();
  expect(await page.evaluate('document.activeElement.id')).toBe('password_again');
  await context.close();
});

test('a second click on a button sends nothing', async () => {
  const { page, context } = await browserOf('victor', { locale: 'en-GB' });
  await page.goto(urlOf('/buy/1'));
  const sent: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
  await page.getByRole('button', { name: 'Confirm the purchase' }).dblclick();
  await page.getByText('Purchase recorded.').waitFor();
  expect(sent).toHaveLength(1);
  await context.close();
});

test('text twice as large is still without sideways scrolling', async () => {
  const { page, context } = await browserOf('victor', { viewport: { width: 1280, height: 900 } });
  for (const path of ['/home', '/portal/marks', '/portal/account']) {
    await page.goto(urlOf(path));
    await page.evaluate('document.documentElement.style.fontSize = "200%"');
    expect([path, await widthOf(page)]).toEqual([path, 1280]);
  }
  await context.close();
});

test('a page that is put into a frame of another shows nothing', async () => {
  const { page, context } = await browserOf('victor', {});
  await page.setContent(`<iframe src="${urlOf('/home')}"></iframe>`);
  const frame = page.frames()[1];
  await frame?.waitForLoadState();
  expect(await frame?.content()).not.toContain('victor');
  await context.close();
});

test('several tabs whose session has to be refreshed at once all come back, signed in', async () => {
  const { page, context } = await watched(browser, { locale: 'fr-FR' });
  await signIn(page, 'kilian', 'abcd');
  await context.clearCookies({ name: '__Host-campus-access' });
  const tabs = await Promise.all([1, 2, 3, 4].map(() => context.newPage()));
  await Promise.all(tabs.map((tab) => tab.goto(urlOf('/home'))));
  for (const tab of tabs) expect(await tab.getByRole('heading', { name: 'Bonjour kilian' }).count()).toBe(1);
  await context.close();
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { findings, screenshots, startBrowser, watched, widthOf } from '../support/browsing.ts';
import { call, logIn, urlOf } from '../support/http.ts';

const CLASS = `/portal/classes/${encodeURIComponent('Terminale S1')}`;
const PASSWORDS: Readonly<Record<string, string>> = { victor: '1234', parent: 'parent', prof: 'prof', admin: 'admin' };

let browser: Browser;
const people = new Map<string, BrowserContextOptions>();
const paths = new Map<string, string>();

beforeAll(async () => {
  browser = await startBrowser();
  for (const [username, password] of Object.entries(PASSWORDS)) {
    const { page, context } = await watched(browser, {});
    await page.goto(urlOf('/'));
    await page.locator('#username').fill(username);
    await page.locator('#password').fill(password);
    await page.locator('main form button').click();
    await page.waitForURL(urlOf('/home'));
    people.set(username, { storageState: await context.storageState() });
    await context.close();
  }
  const token = await logIn('prof', 'prof');
  const [first] = (await call('GET', '/assessments?class_name=Terminale%20S1', { token })).body;
  const mark = `${CLASS}/assessments/${first.id}`;
  for (const [name, path] of [
    ['the grid', mark],
    ['the grid with comments', `${mark}?comments=1`],
    ['the form', `${mark}/edit`],
    ['the question', `${mark}/delete`],
  ] as const)
    paths.set(name, path);
  const [card] = (await call('GET', '/grades/1/report-cards', { token: await logIn('victor', '1234') })).body;
  paths.set('the card', `/portal/report-cards/1/${card.version}?term=${card.term}`);
});
afterAll(() => browser.close());

const LOOKS = (['fr-FR', 'en-GB'] as const).flatMap((locale) =>
  (['light', 'dark'] as const).flatMap((colorScheme) => [320, 1280].map((width) => ({ locale, colorScheme, width }))),
);

/** What each of them is shown, in parts that a busy machine gets through in time. */
const SCREENS: readonly (readonly [who: string, part: string, places: readonly string[]])[] = [
  ['prof', 'of the marks', [`${CLASS}/assessments`, `${CLASS}/assessments/new`, 'the grid', 'the grid with comments']],
  ['prof', 'of the class', [CLASS, `${CLASS}/remarks`, `${CLASS}/council`, `${CLASS}/report-cards`]],
  ['admin', 'that ask', ['the form', 'the question', `${CLASS}/report-cards`, `${CLASS}/report-cards/close`]],
  ['victor', 'of the cards', ['/portal/report-cards', 'the card']],
  ['parent', 'of the cards', ['/portal/report-cards']],
];

const fileOf = (who: string, place: string, look: (typeof LOOKS)[number]): string =>
  `${who}${place.replaceAll(/\W+/g, '-')}-${look.locale.slice(0, 2)}-${look.colorScheme}-${look.width}.png`;

describe.each(SCREENS)('every screen of %s %s', (who, _, places) => {
  test.each(LOOKS)('axe finds nothing and nothing is wider than the screen: %j', async (look) => {
    const { width, ...rest } = look;
    const options = { ...rest, ...people.get(who), viewport: { width, height: 800 } };
    const { page, context, complaints } = await watched(browser, options);
    for (const place of places) {
      await page.goto(urlOf(paths.get(place) ?? place));
      expect([place, await findings(page)]).toEqual([place, []]);
      expect([place, await widthOf(page)]).toEqual([place, width]);
      await page.screenshot({ path: join(screenshots, fileOf(who, place, look)), fullPage: true });
    }
    expect(complaints).toEqual([]);
    await context.close();
  });
});

test.each(SCREENS)(
  'text twice as large, which is a window half as wide, and what lies between: %s %s',
  async (who, _, places) => {
    const { page, context } = await watched(browser, { ...people.get(who) });
    for (const place of places) {
      await page.goto(urlOf(paths.get(place) ?? place));
      for (const width of [640, 704, 720, 860, 1024]) {
        await page.setViewportSize({ width, height: 800 });
        expect([place, await widthOf(page)]).toEqual([place, width]);
      }
    }
    await context.close();
  },
);

test.each([
  ['victor', 'the card', 'Télécharger en PDF', /^Bulletin scolaire Victor Lef.vre .*\.pdf$/],
  ['prof', CLASS, 'Rapport de classe (PDF)', /^Rapport de classe Terminale S1 .*\.pdf$/],
])('%s saves a PDF from %s by its link, under its own name', async (who, place, name, file) => {
  const { page, context } = await watched(browser, { locale: 'fr-FR', ...people.get(who) });
  await page.goto(urlOf(paths.get(place) ?? place));
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name }).click();
  const saved = await waiting;
  expect(saved.suggestedFilename()).toMatch(file);
  expect((await readFile(await saved.path())).subarray(0, 5).toString('latin1')).toBe('%PDF-');
  await context.close();
});

const asked = (page: Page) => page.getByRole('dialog', { name: 'Supprimer l’évaluation' });

test('an assessment is made, filled, changed and deleted; the question is asked on the spot', async () => {
  const { page, context, complaints } = await watched(browser, { locale: 'fr-FR', ...people.get('prof') });
  await page.goto(urlOf(`${CLASS}/assessments`));
  await page.getByRole('link', { name: 'Créer une évaluation' }).click();
  await page.getByLabel('Titre').fill('Devoir à supprimer');
  await page.getByLabel('Matière').selectOption('Anglais');
  await page.getByLabel('Notée sur').fill('40');
  await page.getByRole('button', { name: 'Créer une évaluation' }).click();
  await page.getByText('Évaluation créée').waitFor();
  await page.getByLabel('Victor Lefèvre, Note').fill('33');
  await page.keyboard.press('Enter');
  await page.locator('.fate[data-kind=saved]').waitFor();
  await page.getByRole('link', { name: 'Modifier l’évaluation' }).click();
  await page.getByLabel('Coefficient').fill('0,5');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Évaluation enregistrée').waitFor();
  await page.getByRole('link', { name: 'Modifier l’évaluation' }).click();
  await page.getByRole('link', { name: 'Supprimer l’évaluation' }).click();
  await asked(page).waitFor();
  expect(await findings(page)).toEqual([]);
  await asked(page).getByText('La note d’un élève sera supprimée').waitFor();
  await asked(page).getByRole('button', { name: 'Ne rien changer' }).click();
  await asked(page).waitFor({ state: 'hidden' });
  await page.getByRole('link', { name: 'Supprimer l’évaluation' }).click();
  await asked(page).getByRole('button', { name: 'Supprimer l’évaluation' }).click();
  await page.getByText('Évaluation supprimée').waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test('a remark and a council’s sheet are saved as they are left, and are there again', async () => {
  const { page, context, complaints } = await watched(browser, { locale: 'fr-FR', ...people.get('prof') });
  await page.goto(urlOf(`${CLASS}/remarks`));
  await page.getByLabel('Fatou Diop, Appréciation').fill('Un trimestre remarquable.\nContinuez.');
  await page.keyboard.press('Tab');
  await page.locator('.fate[data-kind=saved]').waitFor();
  await page.reload();
  expect(await page.getByLabel('Fatou Diop, Appréciation').inputValue()).toBe('Un trimestre remarquable.\nContinuez.');
  await page.goto(urlOf(`${CLASS}/council`));
  await page.getByLabel('Fatou Diop, Mention').fill('Félicitations');
  await page.getByLabel('Fatou Diop, Retards').fill('2');
  await page.keyboard.press('Tab');
  await page.locator('.fate[data-kind=saved]').waitFor();
  await page.getByRole('link', { name: 'Par moyenne' }).click();
  const first = page.locator('tbody tr').first();
  expect(await first.getByLabel('Fatou Diop, Mention').inputValue()).toBe('Félicitations');
  expect(await first.getByLabel('Fatou Diop, Retards').inputValue()).toBe('2');
  expect(complaints).toEqual([]);
  await context.close();
});

import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { findings, screenshots, startBrowser, watched, widthOf } from '../support/browsing.ts';
import { urlOf } from '../support/http.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

/** Opens a page; `complaints` fills with whatever the browser finds wrong, refusals of the policy too. */
async function open(path: string, width: number, colorScheme: 'light' | 'dark' = 'light') {
  const { page, complaints } = await watched(browser, { viewport: { width, height: 900 }, colorScheme });
  await page.goto(urlOf(path));
  return { page, complaints };
}

const openAll = (page: Page) =>
  page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');

test('the documentation shows every operation under its own content policy, loading nothing from elsewhere', async () => {
  const { page, complaints } = await open('/docs', 1280);
  const { paths } = (await (await fetch(urlOf('/openapi.json'))).json()) as { paths: Record<string, object> };
  const operations = Object.values(paths).reduce((sum, methods) => sum + Object.keys(methods).length, 0);
  expect(await page.locator('.operation').count()).toBe(operations);
  await page.screenshot({ path: join(screenshots, 'docs.png') });
  expect(complaints).toEqual([]);
  await page.close();
});

test('a slash at the end of its address breaks nothing', async () => {
  const { page, complaints } = await open('/docs/', 1280);
  await page.locator('#find').waitFor();
  expect(complaints).toEqual([]);
  await page.close();
});

test.each(['light', 'dark'] as const)('axe finds nothing, with every operation open, in %s colours', async (scheme) => {
  const { page } = await open('/docs', 1280, scheme);
  expect(await findings(page)).toEqual([]);
  await openAll(page);
  expect(await findings(page)).toEqual([]);
  await page.close();
});

test('axe finds nothing on the page of a problem', async () => {
  const { page } = await open('/problems/stale_version', 400);
  expect(await findings(page)).toEqual([]);
  await page.screenshot({ path: join(screenshots, 'problem.png') });
  await page.close();
});

test('a demo account signs in with one choice, and its token serves until the tab is closed', async () => {
  const { page, complaints } = await open('/docs', 1280);
  await page.getByLabel('Demo account').selectOption('victor');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Signed in as victor (student).').waitFor();
  await page.goto(urlOf('/docs#readUser'));
  await page.reload();
  await page.getByText('Signed in as victor (student).').waitFor();
  const form = page.locator('.try[data-method="GET"][data-path="/users/{username}"]');
  await openAll(page);
  await form.getByLabel('username').fill('victor');
  await form.getByRole('button', { name: 'Send' }).click();
  const answer = form.locator('.answer pre');
  await answer.waitFor();
  expect(await answer.textContent()).toContain('"username": "victor"');
  await page.screenshot({ path: join(screenshots, 'docs-try.png') });
  await page.getByRole('button', { name: 'Sign out' }).click();
  await form.getByRole('button', { name: 'Send' }).click();
  await form.getByText('401 Unauthorized').waitFor();
  // The refusal is what was asked for.
  expect(complaints.filter((one) => !one.includes('401'))).toEqual([]);
  await page.close();
});

test('the search finds operations by any of their words', async () => {
  const { page } = await open('/docs', 1280);
  const shown = () => page.locator('.operation:visible').count();
  const all = await shown();
  await page.getByLabel('Find an operation').fill('post /students/{id}/claim');
  expect(await shown()).toBe(1);
  expect(await page.locator('#found').textContent()).toBe('1 found.');
  await page.getByLabel('Find an operation').fill('');
  expect(await shown()).toBe(all);
  await page.close();
});

test.each([320, 400])('the page fits a phone of %i pixels, with every operation open', async (width) => {
  const { page } = await open('/docs', width);
  await openAll(page);
  expect(await widthOf(page)).toBeLessThanOrEqual(width);
  await page.screenshot({ path: join(screenshots, 'docs-phone.png') });
  await page.close();
});

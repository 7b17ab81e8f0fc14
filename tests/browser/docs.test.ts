import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { projectRoot } from '../../localstack/settings.ts';
import { urlOf } from '../support/http.ts';

const screenshots = join(projectRoot, '.build/screenshots');
let browser: Browser;

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
});
afterAll(() => browser.close());

/** Opens the documentation; `complaints` fills with whatever the browser finds wrong, refusals of the policy too. */
async function openDocs(width: number): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => complaints.push(`${request.url()} ${request.failure()?.errorText}`));
  await page.goto(urlOf('/docs'));
  await page.locator('.opblock-tag').first().waitFor();
  return { page, complaints };
}

test('the documentation shows every operation under its own content policy, loading nothing from elsewhere', async () => {
  const { page, complaints } = await openDocs(1280);
  const { paths } = (await (await fetch(urlOf('/openapi.json'))).json()) as { paths: Record<string, object> };
  const operations = Object.values(paths).reduce((sum, methods) => sum + Object.keys(methods).length, 0);
  for (const group of await page.locator('.opblock-tag').all()) await group.click();
  expect(await page.locator('.opblock').count()).toBe(operations);
  await page.screenshot({ path: join(screenshots, 'docs.png') });
  expect(complaints).toEqual([]);
  await page.close();
});

test('an operation is tried from the page, and its answer shown', async () => {
  const { page, complaints } = await openDocs(1280);
  const operation = page.locator('.opblock', { has: page.locator('[data-path="/status"]') });
  await page.locator('#operations-tag-about').click();
  await operation.locator('.opblock-summary-control').click();
  await operation.getByRole('button', { name: 'Execute' }).click();
  const answer = operation.locator('.live-responses-table .response-col_description .microlight').first();
  await answer.waitFor();
  expect(await answer.textContent()).toContain('"status": "ok"');
  await page.screenshot({ path: join(screenshots, 'docs-try.png') });
  expect(complaints).toEqual([]);
  await page.close();
});

test('the page fits a phone', async () => {
  const { page } = await openDocs(320);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  await page.screenshot({ path: join(screenshots, 'docs-phone.png') });
  await page.close();
});

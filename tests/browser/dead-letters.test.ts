import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { findings, screenshots, startBrowser, watched, widthOf } from '../support/browsing.ts';
import { bury } from '../support/dead-letter.ts';
import { told } from '../support/deliver.ts';
import { urlOf } from '../support/http.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

async function signIn(page: Page): Promise<void> {
  await page.goto(urlOf('/'));
  await page.locator('#username').fill('admin');
  await page.locator('#password').fill('admin');
  await page.locator('main form button').click();
  await page.waitForURL(urlOf('/home'));
}

test.each([
  { javaScriptEnabled: true, width: 1280, colorScheme: 'light' },
  { javaScriptEnabled: true, width: 320, colorScheme: 'dark' },
  { javaScriptEnabled: false, width: 1280, colorScheme: 'dark' },
  { javaScriptEnabled: false, width: 320, colorScheme: 'light' },
] as const)('the office sees what could not be handled, and sends it again: %j', async (how) => {
  const { javaScriptEnabled, width, colorScheme } = how;
  // Of a person of whom nothing is known: the second time it is handled.
  const id = randomInt(1_000_000, 1_000_000_000);
  await bury('person-events-dead-letters', JSON.stringify(told('campus.person.deleted', { id, note: randomUUID() })));
  const options = { javaScriptEnabled, colorScheme, locale: 'en-GB', viewport: { width, height: 800 } };
  const { page, context, complaints } = await watched(browser, options);
  const mustBeSound = async (name: string): Promise<void> => {
    if (javaScriptEnabled) expect([name, await findings(page), await widthOf(page)]).toEqual([name, [], width]);
    await page.screenshot({ path: join(screenshots, `dead-letters-${name}-${width}.png`), fullPage: true });
  };
  await signIn(page);
  await page.goto(urlOf('/portal/operations'));
  await page.getByText('some messages could not be handled').waitFor();
  await mustBeSound('counted');
  await page.getByRole('link', { name: 'See and send again' }).click();
  const health = page.getByRole('region', { name: 'Health' });
  await health.getByText(`Person deleted ${id}`).waitFor();
  await mustBeSound('shown');
  await health.getByRole('link', { name: 'Send again' }).click();
  await page.getByRole('heading', { name: 'Send these messages again?' }).waitFor();
  await mustBeSound('asked');
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('Messages sent again.').waitFor();
  await health.getByText('Nothing waits').waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

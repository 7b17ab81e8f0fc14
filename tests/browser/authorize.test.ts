import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { findings, startBrowser, watched, widthOf } from '../support/browsing.ts';
import { call, urlOf } from '../support/http.ts';

/** A program on this machine that waits for what the browser brings. */
let program: Server;
let browser: Browser;
const brought: string[] = [];

beforeAll(async () => {
  program = createServer((request, response) => {
    if (request.url?.startsWith('/callback')) brought.push(request.url);
    response.end('Back to the terminal');
  });
  await new Promise<void>((resolve) => program.listen(0, '127.0.0.1', resolve));
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  program?.closeAllConnections();
  program?.close();
});

test.each([
  { javaScriptEnabled: true, width: 1280, locale: 'fr-FR' },
  { javaScriptEnabled: false, width: 320, locale: 'en-GB' },
])('a browser brings the code to the program that asked, under the page’s own policy: %j', async (how) => {
  const { javaScriptEnabled, width, locale } = how;
  const code_verifier = randomBytes(32).toString('base64url');
  const redirect_uri = `http://127.0.0.1:${(program.address() as AddressInfo).port}/callback`;
  const query = new URLSearchParams({
    ...{ response_type: 'code', client_id: 'campus-cli', redirect_uri, code_challenge_method: 'S256' },
    code_challenge: createHash('sha256').update(code_verifier).digest('base64url'),
    state: 'a-state-of-its-own',
  });
  const options = { javaScriptEnabled, locale, viewport: { width, height: 800 } };
  const { page, context, complaints } = await watched(browser, options);
  await page.goto(urlOf(`/portal/authorize?${query}`));
  await page.locator('#username').fill('victor');
  await page.locator('#password').fill('1234');
  await page.locator('main button').click();
  await page.locator('button[value=yes]').waitFor();
  if (javaScriptEnabled) expect(await findings(page)).toEqual([]);
  expect(javaScriptEnabled ? await widthOf(page) : width).toBe(width);
  await page.locator('button[value=yes]').click();
  await page.waitForURL(`${redirect_uri}?**`);
  const { searchParams } = new URL(brought.at(-1) ?? '', redirect_uri);
  expect(searchParams.get('state')).toBe('a-state-of-its-own');
  const body = { grant_type: 'authorization_code', code: searchParams.get('code'), code_verifier, redirect_uri };
  expect((await call('POST', '/auth/token', { body })).body).toMatchObject({ username: 'victor' });
  // What is still loading when the page goes on is broken off; what its policy refuses is not.
  expect(complaints.filter((one) => /policy|refused/i.test(one))).toEqual([]);
  await context.close();
});

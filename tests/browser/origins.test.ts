import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { readEndpoints } from '../../localstack/data-folder.ts';
import { freePort } from '../../project/ports.ts';
import { startBrowser } from '../support/browsing.ts';
import { type Campus, startCampus, whenReady } from '../support/supervisor.ts';

const data = mkdtempSync(join(tmpdir(), 'campus-origins-'));
const servers: Server[] = [];
let browser: Browser;
let campus: Campus;
let school: string;
let parents: string;
let stranger: string;

/** Serves an empty page. @returns its origin */
async function startOrigin(): Promise<string> {
  const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<!doctype html>'));
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  [school, parents, stranger] = await Promise.all([startOrigin(), startOrigin(), startOrigin()]);
  process.env.CORS_ORIGINS = `${school},${parents}`;
  campus = await whenReady(startCampus({ port: await freePort(), data }));
  delete process.env.CORS_ORIGINS;
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  for (const server of servers) server.close();
  campus.child.kill('SIGTERM');
  await campus.exited;
  rmSync(data, { recursive: true });
});

interface Seen {
  readonly status: number;
  readonly body: { readonly code?: string };
  readonly authenticate: string | null;
}

/** What a script of a page sees of an answer; undefined where the browser shows it nothing. */
async function seen(page: Page, url: string, headers: Record<string, string> = {}): Promise<Seen | undefined> {
  // As text: what runs in the page is no part of this program.
  const script = `fetch(${JSON.stringify(url)}, { headers: ${JSON.stringify(headers)} }).then(
    async (answer) => ({
      status: answer.status,
      body: JSON.parse(await answer.text()),
      authenticate: answer.headers.get('www-authenticate'),
    }),
    () => undefined,
  )`;
  return page.evaluate<Seen | undefined>(script);
}

/** Whether the browser sends a request there at all, though it may show the page nothing of the answer. */
const reaches = (page: Page, url: string): Promise<boolean> =>
  page.evaluate<boolean>(`fetch(${JSON.stringify(url)}, { mode: 'no-cors' }).then(() => true, () => false)`);

async function pageOf(origin: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(origin);
  return page;
}

test('a page of each origin on the list reads why it was refused, and how to sign in', async () => {
  for (const origin of [school, parents]) {
    const page = await pageOf(origin);
    const refused = { status: 401, body: { code: 'unauthenticated' }, authenticate: 'Bearer' };
    expect(await seen(page, `${campus.url}/users/victor`, { Authorization: 'Bearer a.b.c' })).toMatchObject({
      ...refused,
      authenticate: expect.stringMatching(/^Bearer error="invalid_token"/),
    });
    expect(await seen(page, `${campus.url}/users/victor`)).toMatchObject(refused);
    expect(await seen(page, `${campus.url}/nowhere`)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await seen(page, `${campus.url}/status`)).toMatchObject({ status: 200 });
    await page.close();
  }
});

test('a page of another origin reads nothing', async () => {
  const page = await pageOf(stranger);
  expect(await reaches(page, `${campus.url}/status`)).toBe(true);
  for (const path of ['/users/victor', '/nowhere', '/status', '/.well-known/jwks.json'])
    expect(await seen(page, campus.url + path)).toBeUndefined();
  expect(await seen(page, `${campus.url}/users/victor`, { Authorization: 'Bearer a.b.c' })).toBeUndefined();
  await page.close();
});

test('no page reaches the database, nor reads what the queues answer', async () => {
  const { dynamoDb, sqs } = readEndpoints(data);
  const page = await pageOf(school);
  expect(await reaches(page, dynamoDb)).toBe(false);
  expect(await reaches(page, sqs)).toBe(true);
  const headers = { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'AmazonSQS.ListQueues' };
  expect(await seen(page, sqs, headers)).toBeUndefined();
  await page.close();
});

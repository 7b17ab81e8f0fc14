import * as z from 'zod';
import { problem } from '../../platform/base/problems.ts';
import { anyone } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { content, Text } from '../../platform/http/content.ts';
import { endpoint } from '../../platform/http/endpoint.ts';
import { operation } from '../../platform/http/operation.ts';
import { findAsset } from './assets.ts';
import { description } from './description.ts';
import { docsPage } from './docs-page.ts';
import { pageHeaders } from './page.ts';

/** An OpenAPI 3.1 document; the specification says what else is in it. */
export const ApiDescription = z.looseObject({ openapi: z.string() });

export const readOpenApi = operation({
  route: 'GET /openapi.json',
  summary: 'This description of the API, as OpenAPI 3.1',
  access: anyone,
  answers: { 200: ApiDescription },
  handle: async () => ok({ ...description() }, { headers: { 'Cache-Control': 'public, max-age=300' } }),
});

/** The accounts of the demo data, which only a local stage has: `username/password`, separated by spaces. */
const demoAccounts = () =>
  (process.env.DEMO_ACCOUNTS ?? '')
    .split(' ')
    .map((one) => one.split('/'))
    .flatMap(([username = '', password = '']) => (password ? [[username, password] as const] : []));

let page: string | undefined;

export const showDocs = operation({
  route: 'GET /docs',
  summary: 'Read the description of the API, and try it',
  access: anyone,
  answers: { 200: content({ 'text/html; charset=utf-8': Text }) },
  async handle() {
    page ??= docsPage(demoAccounts());
    return ok(page, { headers: pageHeaders });
  },
});

export const readDocsAsset = operation({
  route: 'GET /docs/{asset}',
  summary: 'A script or style of the pages',
  access: anyone,
  path: z.object({
    asset: z
      .string()
      .min(1)
      .max(100)
      .meta({ examples: ['style.css'] }),
  }),
  answers: { 200: content({ 'text/javascript; charset=utf-8': Text, 'text/css; charset=utf-8': Text }) },
  problems: [problem.not_found],
  async handle({ path }) {
    const asset = await findAsset(path.asset);
    if (!asset) throw problem.not_found();
    return ok(asset.text, { headers: { 'Content-Type': asset.type, 'Cache-Control': 'public, max-age=86400' } });
  },
});

export const handler = endpoint(readOpenApi, showDocs, readDocsAsset);

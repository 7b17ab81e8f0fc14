import * as z from 'zod';
import { anyone } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { content, Text } from '../../platform/http/content.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem } from '../../platform/http/problems.ts';
import { findAsset } from './viewer.ts';

export const readDocsAsset = operation({
  route: 'GET /docs/{asset}',
  summary: 'A script or style of the page that shows the description',
  access: anyone,
  path: z.object({ asset: z.string().min(1).max(100) }),
  answers: { 200: content({ 'text/javascript; charset=utf-8': Text, 'text/css; charset=utf-8': Text }) },
  problems: [problem.not_found],
  async handle({ path }) {
    const asset = await findAsset(path.asset);
    if (!asset) throw problem.not_found();
    return ok(asset.text, { headers: { 'Content-Type': asset.type, 'Cache-Control': 'public, max-age=86400' } });
  },
});

import { anyone } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { content, Text } from '../../platform/http/content.ts';
import { operation } from '../../platform/http/operation.ts';
import { viewerPage, viewerPolicy } from './viewer.ts';

export const showDocs = operation({
  route: 'GET /docs',
  summary: 'Read the description of the API, and try it',
  access: anyone,
  answers: { 200: content({ 'text/html; charset=utf-8': Text }) },
  handle: async () =>
    ok(viewerPage, { headers: { 'Content-Security-Policy': viewerPolicy, 'Cache-Control': 'public, max-age=300' } }),
});

import * as z from 'zod';
import document from '../../openapi.json' with { type: 'json' };
import { anyone } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';

/** An OpenAPI 3.1 document; the specification says what else is in it. */
export const OpenApi = z.looseObject({ openapi: z.literal('3.1.1') });

export const readOpenApi = operation({
  route: 'GET /openapi.json',
  summary: 'This description of the API, as OpenAPI 3.1',
  access: anyone,
  answers: { 200: OpenApi },
  handle: async () => ok(document as z.input<typeof OpenApi>, { headers: { 'Cache-Control': 'public, max-age=300' } }),
});

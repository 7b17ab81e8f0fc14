import * as z from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import { anyone } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { endpoint } from '../../platform/http/endpoint.ts';
import { operation } from '../../platform/http/operation.ts';

export const Status = z.object({ status: z.literal('ok'), version: z.string() });

export const readStatus = operation({
  route: 'GET /status',
  summary: 'Tell that the API is up, and which version',
  description: 'Asks nothing of a database or of another service.',
  access: anyone,
  answers: { 200: Status },
  handle: async () => ok({ status: 'ok' as const, version: manifest.version }),
});

export const handler = endpoint(readStatus);

import * as z from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import { anyone } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';

/** What this is and where to go, as addresses relative to the one that was asked. */
export const Welcome = z.object({
  name: z.literal('Campus'),
  version: z.string(),
  description: z.string(),
  documentation: z.string(),
  openapi: z.string(),
  status: z.string(),
  sign_in: z.string(),
});

export const welcome = operation({
  route: 'GET /',
  summary: 'Tell what this is and where to go',
  description: 'The addresses are relative to this one.',
  access: anyone,
  answers: { 200: Welcome },
  handle: async () =>
    ok({
      name: 'Campus' as const,
      version: manifest.version,
      description: manifest.description,
      documentation: 'docs',
      openapi: 'openapi.json',
      status: 'status',
      sign_in: 'auth/login',
    }),
});

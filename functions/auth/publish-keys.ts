import * as z from 'zod';
import { anyone } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { publicKeys } from './keys.ts';

const PublicJwk = z.object({
  kty: z.string(),
  crv: z.string(),
  kid: z.string(),
  x: z.string(),
  y: z.string(),
  use: z.literal('sig'),
  alg: z.string(),
});

export const publishKeys = operation({
  route: 'GET /.well-known/jwks.json',
  summary: 'The public keys that access tokens verify with',
  description: 'During a rotation there are two.',
  access: anyone,
  answers: { 200: z.object({ keys: z.array(PublicJwk) }) },
  async handle() {
    return ok({ keys: [...(await publicKeys())] }, { headers: { 'Cache-Control': 'public, max-age=300' } });
  },
});

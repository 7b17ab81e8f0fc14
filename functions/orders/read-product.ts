import * as z from 'zod';
import { signedIn } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { IntegerId } from '../../platform/ids.ts';
import { problem } from './problems.ts';
import { Product } from './product.ts';
import { requireProduct } from './product-store.ts';

export const readProduct = operation({
  route: 'GET /products/{id}',
  summary: 'Read a product',
  description: 'Retired ones too, since orders hold them.',
  access: signedIn,
  path: z.object({ id: IntegerId }),
  answers: { 200: Product },
  problems: [problem.article_not_found],
  versioned: true,
  async handle({ path }) {
    const product = await requireProduct(path.id);
    return ok(product, { etag: product.version });
  },
});

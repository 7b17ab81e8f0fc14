import * as z from 'zod';
import { mustMatch, optimistically } from '../../platform/data/optimistic.ts';
import { allow } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem as generic } from '../../platform/http/problems.ts';
import { IntegerId } from '../../platform/ids.ts';
import { problem } from './problems.ts';
import { Product, ProductReplacement } from './product.ts';
import { replaceProduct, requireProduct } from './product-store.ts';

export const changeProduct = operation({
  route: 'PUT /products/{id}',
  summary: 'Replace a product',
  description: 'Orders keep the name and price they were made with. Stock and retirement stay where they are not said.',
  access: allow('admin'),
  path: z.object({ id: IntegerId }),
  body: ProductReplacement,
  answers: { 200: Product },
  problems: [problem.article_not_found, generic.stale_version],
  versioned: true,
  async handle({ path, body, caller, ifMatch }) {
    const product = await optimistically(undefined, async () => {
      const before = await requireProduct(path.id);
      mustMatch(ifMatch, before.version);
      return replaceProduct(before, body, { by: caller.username, strictly: ifMatch !== undefined });
    });
    return ok(product, { etag: product.version });
  },
});

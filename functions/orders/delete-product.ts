import * as z from 'zod';
import { mustMatch, optimistically } from '../../platform/data/optimistic.ts';
import { allow } from '../../platform/http/access.ts';
import { noContent } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem as generic } from '../../platform/http/problems.ts';
import { IntegerId } from '../../platform/ids.ts';
import { problem } from './problems.ts';
import { eraseProduct, requireProduct, retireProduct } from './product-store.ts';

export const deleteProduct = operation({
  route: 'DELETE /products/{id}',
  summary: 'Take a product off sale',
  description: 'One that was ordered is retired, not erased: its orders still name it.',
  access: allow('admin'),
  path: z.object({ id: IntegerId }),
  answers: { 204: null },
  problems: [problem.article_not_found, generic.stale_version],
  versioned: true,
  async handle({ path, ifMatch }) {
    await optimistically(undefined, async () => {
      const product = await requireProduct(path.id);
      mustMatch(ifMatch, product.version);
      await (product.ordered ? retireProduct(product, ifMatch !== undefined) : eraseProduct(product));
    });
    return noContent();
  },
});

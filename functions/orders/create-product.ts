import { allow } from '../../platform/http/access.ts';
import { created } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { NewProduct, Product } from './product.ts';
import { draftProduct, insertProduct } from './product-store.ts';
import { table } from './table.ts';

export const createProduct = operation({
  route: 'POST /products',
  summary: 'Put a product on sale',
  description: 'The price is in minor units; the currency XOF unless said.',
  access: allow('admin'),
  body: NewProduct,
  answers: { 201: Product },
  versioned: true,
  idempotentIn: table,
  async handle({ body, caller, idempotency }) {
    const product = await draftProduct(body);
    const answer = created(product, `/products/${product.id}`, { etag: product.version });
    await insertProduct(product, caller.username, idempotency.record(answer));
    return answer;
  },
});

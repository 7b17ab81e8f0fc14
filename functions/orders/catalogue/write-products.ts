import * as z from 'zod';
import { problem as generic } from '../../../platform/base/problems.ts';
import { allow } from '../../../platform/http/access.ts';
import { created, noContent, ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { readOnlyIn } from '../../../platform/http/read-only.ts';
import { IntegerId } from '../../../platform/schema/identifiers.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { NewProduct, Product, ProductReplacement, replaced } from './product.ts';
import * as products from './product-store.ts';

export const createProduct = operation({
  route: 'POST /products',
  summary: 'Put a product on sale',
  description: 'The price is in minor units; the currency XOF unless said.',
  access: allow('admin'),
  body: NewProduct,
  answers: { 201: Product },
  changes: table,
  idempotent: true,
  versioned: true,
  async handle({ body, caller, commit }) {
    const product = await products.draft(body);
    return commit(() => ({
      writes: products.insert(product, caller.username),
      answer: created(product, `/products/${product.id}`, { etag: product.version }),
    }));
  },
});

export const replaceProduct = operation({
  route: 'PUT /products/{id}',
  summary: 'Replace a product',
  description: 'Orders keep the name and price they were made with. Stock and retirement stay where they are not said.',
  access: allow('admin'),
  path: z.object({ id: IntegerId }),
  body: ProductReplacement,
  readOnly: readOnlyIn(Product, ProductReplacement),
  answers: { 200: Product },
  problems: [problem.article_not_found, generic.stale_version],
  changes: table,
  versioned: true,
  handle: ({ path, body, caller, preconditions, commit }) =>
    commit(
      () => products.require(path.id),
      (before) => {
        const product = replaced(before, body);
        // Sales go on meanwhile: they matter to whoever sets the stock, or insists on a version.
        const strictly = preconditions.insist || body.stock !== undefined;
        return {
          writes: products.replace(before, product, { by: caller.username, strictly }),
          answer: ok(product, { etag: product.version }),
        };
      },
    ),
});

export const deleteProduct = operation({
  route: 'DELETE /products/{id}',
  summary: 'Take a product off sale',
  description: 'One that was ordered is retired, not erased: its orders still name it.',
  access: allow('admin'),
  path: z.object({ id: IntegerId }),
  answers: { 204: null },
  problems: [problem.article_not_found, generic.stale_version],
  changes: table,
  versioned: true,
  handle: ({ path, preconditions, commit }) =>
    commit(
      () => products.require(path.id),
      (product) => ({
        writes: product.ordered ? products.retire(product, preconditions.insist) : products.erase(product),
        answer: noContent(),
      }),
    ),
});

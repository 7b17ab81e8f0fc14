import { endpoint } from '../../platform/http/endpoint.ts';
import { createProduct } from './create-product.ts';
import { deleteProduct } from './delete-product.ts';
import { listArticles } from './list-articles.ts';
import { listCatalogue } from './list-products.ts';
import { readProduct } from './read-product.ts';
import { changeProduct } from './replace-product.ts';

export const handler = endpoint(listCatalogue, listArticles, readProduct, createProduct, changeProduct, deleteProduct);

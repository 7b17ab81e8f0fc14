import { endpoint } from '../../platform/http/endpoint.ts';
import { listArticles, listProducts, readProduct } from './catalogue/read-products.ts';
import { createProduct, deleteProduct, replaceProduct } from './catalogue/write-products.ts';

export const handler = endpoint(listProducts, listArticles, readProduct, createProduct, replaceProduct, deleteProduct);

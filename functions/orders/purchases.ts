import { endpoint } from '../../platform/http/endpoint.ts';
import { buyArticle } from './buy-article.ts';
import { listThePurchases } from './list-purchases.ts';

export const handler = endpoint(buyArticle, listThePurchases);

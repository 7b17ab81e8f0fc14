import { endpoint } from '../../platform/http/endpoint.ts';
import { buyArticle, listPurchases } from './ordering/purchases.ts';

export const handler = endpoint(buyArticle, listPurchases);

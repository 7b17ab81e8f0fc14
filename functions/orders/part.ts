import { schoolPart } from '../../platform/http/part.ts';
import { streamingEndpoint } from '../../platform/http/streaming.ts';
import { table } from './table.ts';

export const exportOrders = schoolPart({
  name: 'orders',
  table,
  kinds: {
    product: /^PRODUCT#.* PRODUCT$/,
    stock_movement: /^PRODUCT#.* MOVEMENT#/,
    order: /^ORDER#.* ORDER$/,
    payment: /^ORDER#.* PAYMENT#/,
    provider_entry: /^SIMULATOR#/,
    buyer: /^BUYER#/,
  },
  derived: ['list', 'seq', 'ledger'],
  kept: {
    search_places: {
      at: /^CATALOGUE/,
      why: { fr: 'se recalcule à partir des articles', en: 'made anew from the products' },
    },
  },
});

export const handler = streamingEndpoint(exportOrders);

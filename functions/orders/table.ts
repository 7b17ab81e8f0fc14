import { Table } from '../../platform/data/table.ts';

/** The table of the orders context: products, orders, the ledgers of stock and money, the simulator's charges. */
export const table = new Table('ORDERS_TABLE', { format: 2 });

/** Orders and purchases by their user, newest first. */
export const BY_USER = { name: 'by-user', sort: 'seq' } as const;

/** Every order, newest first. */
export const ALL_ORDERS = { name: 'all-orders', sort: 'seq' } as const;

import { Table } from '../../platform/data/table.ts';

/** The table of the auth context: accounts and their sessions. */
export const table = new Table('AUTH_TABLE', { format: 2 });

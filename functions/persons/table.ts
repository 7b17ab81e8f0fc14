import { Table } from '../../platform/data/table.ts';

/** The table of the persons context. */
export const table = new Table('PERSONS_TABLE', { format: 2 });

import { Table } from '../../platform/data/table.ts';

/** The table of the grades context: students as far as it was told of them, and their marks. */
export const table = new Table('GRADES_TABLE', { format: 2 });

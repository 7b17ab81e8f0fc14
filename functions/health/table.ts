import { Table } from '../../platform/data/table.ts';

/** The table of the health context: records, their history, and who looked at them. */
export const table = new Table('HEALTH_TABLE');

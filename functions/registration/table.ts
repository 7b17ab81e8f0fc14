import { Table } from '../../platform/data/table.ts';

/** The table of the registration context: students, what they owe and paid, and the outbox. */
export const table = new Table('REGISTRATION_TABLE', { format: 2 });

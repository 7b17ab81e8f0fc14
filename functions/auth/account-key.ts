import type { Key } from '../../platform/data/write.ts';

/** Where an account stands in the table: the one item that the authorizer reads. */
export const accountKey = (username: string): Key => ({ pk: `USER#${username}`, sk: 'ACCOUNT' });

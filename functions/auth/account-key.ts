import type { KeyPart } from '../../platform/base/key-part.ts';
import { key } from '../../platform/data/key.ts';
import type { Key } from '../../platform/data/write.ts';

/** Where an account stands in the table: the one item that the authorizer reads. */
export const accountKey = (username: KeyPart): Key => ({ pk: key`USER#${username}`, sk: key`ACCOUNT` });

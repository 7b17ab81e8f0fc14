import { UUID, uuidv7 } from 'uuidv7';
import { type KeyPart, keyPart } from './key-part.ts';

/** A new time-sortable identifier (UUIDv7, RFC 9562). */
export const newId = (): KeyPart => keyPart(uuidv7());

/** The smallest UUIDv7 of an instant: everything made before `ms` (since the epoch) sorts below it. */
export const lowestIdAt = (ms: number): KeyPart => keyPart(UUID.fromFieldsV7(ms, 0, 0, 0).toString());

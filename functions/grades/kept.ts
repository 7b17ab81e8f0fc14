import type { KeyPart } from '../../platform/base/key-part.ts';
import { Cache } from '../../platform/cache/cache.ts';
import { type KeyText, key } from '../../platform/data/key.ts';
import { table } from './table.ts';

/** Figures that cost more to compute than to keep. */
export const cache = new Cache(table);

/** For how long figures of a class, and a student's, are kept at most, in seconds. */
export const HOUR = 3600;

/** For how long the ten best are. */
export const HALF_AN_HOUR = 1800;

/** Under which the ten best of all classes in a term are kept. */
export const topTenKey = (term: KeyPart): KeyText => key`rankings:top10#${term}`;

/** Under which the average of whoever has a phone number is kept. */
export const studentKey = (phone: KeyPart, term: KeyPart): KeyText => key`student:${phone}#${term}`;

/** Under which the statistics of a class are kept, in general or in a subject. */
export const statsKey = (ref: KeyPart, term: KeyPart, subject: KeyPart): KeyText =>
  key`class:stats:${ref}#${term}#${subject}`;

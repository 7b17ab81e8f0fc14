import { LOOK_ALIKE_LETTERS } from './look-alike-letters.ts';

const LATIN: ReadonlyMap<string, string> = new Map(
  Object.entries(LOOK_ALIKE_LETTERS).flatMap(([latin, letters]) => [...letters].map((one) => [one, latin] as const)),
);

/** Accents and what stands between the parts of a name: a reader overlooks them. */
const OVERLOOKED = /[\p{M}._-]/gu;

/**
 * What a username looks like: names that people take for one another have one skeleton (after UTS 39, which also has
 * `rn` for `m`, `l` for `1` and `o` for `0`; `i` is among the `l` here, for the sake of `adm1n`).
 */
export const skeletonOf = (username: string): string =>
  [...username.normalize('NFD').replace(OVERLOOKED, '')]
    .map((letter) => LATIN.get(letter) ?? letter)
    .join('')
    .replaceAll('m', 'rn')
    .replaceAll(/[1i]/g, 'l')
    .replaceAll('0', 'o');

/** Names that speak for the school, and those by which our own records name no account at all. */
const RESERVED = new Set(
  [
    ...[
      'admin',
      'administrator',
      'administrateur',
      'administratrice',
      'administration',
      'root',
      'superuser',
      'sysadmin',
    ],
    ...['webmaster', 'support', 'security', 'campus', 'system', 'anonymous', 'unknown'],
  ].map(skeletonOf),
);

/** Whether nobody may sign up with this name, since it reads like one that speaks for the school. */
export const isReserved = (username: string): boolean => RESERVED.has(skeletonOf(username));

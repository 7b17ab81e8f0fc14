import type { KeySet } from '../platform/aws/key-set.ts';

/** A step of a rotation that cannot be taken now: its message is what the person at the terminal reads. */
export class RotationError extends Error {}

interface Named {
  readonly kid: string;
}

/** Adds a key that verifies but does not sign yet, so that everybody knows it before the first signature needs it. */
export function addKey<K extends Named>({ keys }: KeySet<K>, added: K): KeySet<K> {
  if (keys.some(({ kid }) => kid === added.kid)) throw new RotationError(`there is a key ${added.kid} already`);
  return { keys: [...keys, added] };
}

/** Has a key of the ring sign. */
export function promoteKey<K extends Named>({ keys }: KeySet<K>, kid: string): KeySet<K> {
  const chosen = keys.find((key) => key.kid === kid);
  if (!chosen) throw new RotationError(`there is no key ${kid}`);
  return { keys: [chosen, ...keys.filter((key) => key !== chosen)] };
}

/** Takes a key out of the ring: what it signed is worth nothing from then on. */
export function retireKey<K extends Named>({ keys }: KeySet<K>, kid: string): KeySet<K> {
  const [signing, ...others] = keys;
  if (signing.kid === kid) throw new RotationError(`the key ${kid} signs: promote another one first`);
  if (!others.some((key) => key.kid === kid)) throw new RotationError(`there is no key ${kid}`);
  return { keys: [signing, ...others.filter((key) => key.kid !== kid)] };
}

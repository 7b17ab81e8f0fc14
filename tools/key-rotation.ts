import { type KeyRing, parseKeyRing } from '../functions/auth/key-ring.ts';
import { newSigningKey } from '../project/new-secrets.ts';

/** A step of a rotation that cannot be taken now: its message is what the person at the terminal reads. */
export class RotationError extends Error {}

/** Adds a key that verifies but does not sign yet, so that everybody knows it before the first token needs it. */
export function addKey({ keys }: KeyRing, kid: string): KeyRing {
  if (keys.some((key) => key.kid === kid)) throw new RotationError(`there is a key ${kid} already`);
  return { keys: [...keys, newSigningKey(kid)] };
}

/** Has a key of the ring sign. */
export function promoteKey({ keys }: KeyRing, kid: string): KeyRing {
  const chosen = keys.find((key) => key.kid === kid);
  if (!chosen) throw new RotationError(`there is no key ${kid}`);
  return { keys: [chosen, ...keys.filter((key) => key !== chosen)] };
}

/** Takes a key out of the ring: what it signed is worth nothing from then on. */
export function retireKey({ keys }: KeyRing, kid: string): KeyRing {
  const [signing, ...others] = keys;
  if (signing.kid === kid) throw new RotationError(`the key ${kid} signs: promote another one first`);
  if (!others.some((key) => key.kid === kid)) throw new RotationError(`there is no key ${kid}`);
  return { keys: [signing, ...others.filter((key) => key.kid !== kid)] };
}

/** The text of a ring, read back before anyone relies on it. */
export function textOfRing(ring: KeyRing): string {
  const text = JSON.stringify(ring);
  parseKeyRing(text);
  return text;
}

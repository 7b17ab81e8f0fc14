import { newSigningKey } from './new-secrets.ts';

interface KeyRing {
  readonly keys: readonly { readonly kid: string }[];
}

/**
 * The steps of a rotation of the key that signs tokens. Between two of them lie a deployment, which makes every
 * function read the ring anew, and the life of an access token.
 */
export const rotation = {
  /** The new key is published and verifies; the old one still signs. */
  announce: ({ keys }: KeyRing): KeyRing => ({ keys: [...keys, newSigningKey()] }),
  /** The newest key signs; the others verify what they signed. */
  switch: ({ keys }: KeyRing): KeyRing => ({ keys: [...keys.slice(-1), ...keys.slice(0, -1)] }),
  /** Only the key that signs is left. */
  retire: ({ keys }: KeyRing): KeyRing => ({ keys: keys.slice(0, 1) }),
} as const;

export type RotationStep = keyof typeof rotation;

/** Whether a word names a step. */
export const isRotationStep = (word: string | undefined): word is RotationStep =>
  word !== undefined && Object.hasOwn(rotation, word);

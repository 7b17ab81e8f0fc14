/** A private key of the ring: ECDSA on P-256 (RFC 7518, 6.2). */
export interface PrivateJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly kid: string;
  readonly x: string;
  readonly y: string;
  readonly d: string;
}

/** The secret `jwt-signing-key`: every live key. The first signs, all of them verify. */
export interface KeyRing {
  readonly keys: readonly [PrivateJwk, ...PrivateJwk[]];
}

// By hand: zod would be a third of the authorizer's bundle, for this one check.
function isPrivateJwk(value: unknown): value is PrivateJwk {
  if (typeof value !== 'object' || value === null) return false;
  const { kty, crv, kid, x, y, d } = value as Record<string, unknown>;
  return kty === 'EC' && crv === 'P-256' && [kid, x, y, d].every((part) => typeof part === 'string' && part !== '');
}

/** The ring in a secret's text. @throws Error, without the text, when it is none */
export function parseKeyRing(text: string): KeyRing {
  let ring: unknown;
  try {
    ring = JSON.parse(text);
  } catch {
    // What JSON.parse says quotes the text.
    throw new Error('The key ring is not JSON');
  }
  const keys = (ring as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every(isPrivateJwk))
    throw new Error('The key ring must be {"keys": […]} with private P-256 keys, each with its kid');
  if (new Set(keys.map(({ kid }) => kid)).size !== keys.length)
    throw new Error('Two keys of the key ring have the same kid');
  return { keys: keys as unknown as KeyRing['keys'] };
}

/** Keys of one kind, each with its id (RFC 7517, a JWK Set). The first signs, all of them verify. */
export interface KeySet<K extends { readonly kid: string }> {
  readonly keys: readonly [K, ...K[]];
}

// By hand: zod would be a third of the authorizer's bundle, for this one check.
const isWhole = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/**
 * The keys in a secret's text.
 * @param isKey whether the members of one entry make a key, its `kid` apart
 * @param kind what the keys are, as a refusal says it: `private P-256 keys`
 * @throws Error, without the text, when it is no such set
 */
export function parseKeySet<K extends { readonly kid: string }>(
  text: string,
  isKey: (members: Readonly<Record<string, unknown>>) => boolean,
  kind: string,
): KeySet<K> {
  let set: unknown;
  try {
    set = JSON.parse(text);
  } catch {
    // What JSON.parse says quotes the text.
    throw new Error('The key ring is not JSON');
  }
  const keys = isWhole(set) ? set.keys : undefined;
  const isOne = (key: unknown): boolean => isWhole(key) && typeof key.kid === 'string' && key.kid !== '' && isKey(key);
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every(isOne))
    throw new Error(`The key ring must be {"keys": […]} with ${kind}, each with its kid`);
  if (new Set(keys.map(({ kid }) => kid)).size !== keys.length)
    throw new Error('Two keys of the key ring have the same kid');
  return { keys: keys as unknown as KeySet<K>['keys'] };
}

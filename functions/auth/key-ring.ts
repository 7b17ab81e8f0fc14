import { type KeySet, parseKeySet } from '../../platform/aws/key-set.ts';

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
export type KeyRing = KeySet<PrivateJwk>;

const isPrivate = ({ kty, crv, x, y, d }: Readonly<Record<string, unknown>>): boolean =>
  kty === 'EC' && crv === 'P-256' && [x, y, d].every((part) => typeof part === 'string' && part !== '');

/** The ring in a secret's text. @throws Error, without the text, when it is none */
export const parseKeyRing = (text: string): KeyRing => parseKeySet(text, isPrivate, 'private P-256 keys');

import { createHash, randomBytes } from 'node:crypto';
import { isKeyPart, type KeyPart } from '../../platform/base/key-part.ts';

/**
 * A refresh token: opaque to clients, 256 random bits of which only digests are stored. Half of them belong to the
 * session and half to one exchange, so that an old token of the session can be told from an invented one: the first
 * ends the session as stolen, the second must not, or anyone could end anyone's.
 */
export interface RefreshToken {
  readonly username: KeyPart;
  readonly sessionId: KeyPart;
  readonly family: string;
  readonly secret: string;
}

/** The random part of a session, or of an exchange. */
export const randomPart = (): string => randomBytes(16).toString('base64url');

// Random bits need no slow hash: a plain digest is enough to make a stolen table useless.
export const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** The token as the client keeps it. */
export const writeToken = ({ username, sessionId, family, secret }: RefreshToken): string =>
  Buffer.from([username, sessionId, family, secret].join('\0')).toString('base64url');

/** The parts of a token; undefined for what cannot be one. */
export function readToken(token: string): RefreshToken | undefined {
  const [username, sessionId, family, secret, ...more] = Buffer.from(token, 'base64url').toString().split('\0');
  if (!username || !sessionId || !family || !secret || more.length > 0) return undefined;
  // Anybody may write one: what cannot be part of a key was never in ours.
  if (!isKeyPart(username) || !isKeyPart(sessionId)) return undefined;
  return { username, sessionId, family, secret };
}

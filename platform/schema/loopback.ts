import * as z from 'zod';

/**
 * Where a program on the visitor's own machine waits for a browser (RFC 8252, 7.3): an address of the machine itself, by
 * number, since `localhost` may be made to mean another; any port, since it takes one that is free; and one path.
 */
const LOOPBACK =
  /^http:\/\/(?:127\.0\.0\.1|\[::1\]):(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])\/callback$/;

/** The address of a program that waits on this machine. */
export const LoopbackAddress = z.string().max(60).regex(LOOPBACK);

/** What a program shows of a secret that it keeps (RFC 7636, 4.2): the SHA-256 of it, as base64url. */
export const CodeChallenge = z.string().regex(/^[\w-]{43}$/);

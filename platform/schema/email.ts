import { domainToASCII } from 'node:url';
import * as z from 'zod';
import { type KeyPart, keyPart } from '../base/key-part.ts';
import { tidied } from './characters.ts';
import { rule } from './rule.ts';

const invalidEmail = rule('invalid_format', {
  fr: 'Adresse e-mail invalide ; elle s’écrit comme awa.diop@ecole.example',
  en: 'Invalid e-mail address; one is written like awa.diop@ecole.example',
});

// What stands before the @: a dot-atom (RFC 5322, 3.2.3), of any alphabet (RFC 6531, 3.3). A quoted one is nobody's.
const LOCAL = /^[\w!#$%&'*+/=?^`{|}~\p{L}\p{M}\p{N}-]+(?:\.[\w!#$%&'*+/=?^`{|}~\p{L}\p{M}\p{N}-]+)*$/u;

/** The most bytes before the @ (RFC 5321, 4.5.3.1.1). */
const LONGEST_LOCAL = 64;

/** The most bytes of an address, as it is written and with its domain in ASCII (RFC 5321, 4.5.3.1.3 less its brackets). */
const LONGEST = 254;

// Two labels or more (RFC 1034, 3.5; RFC 5890, 2.3.1); the last is no number, so that it is no IP address.
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

const isShort = (address: string): boolean => Buffer.byteLength(address) <= LONGEST;

const WRITTEN_DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;

/** An address as mail is sent to it, its domain in ASCII (RFC 5891); undefined where it is none. */
function mailbox(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  if (at < 0) return undefined;
  const [local, written] = [address.slice(0, at), address.slice(at + 1)];
  const domain = WRITTEN_DOMAIN.test(written) ? domainToASCII(written) : '';
  const whole = `${local}@${domain}`;
  const fits = Buffer.byteLength(local) <= LONGEST_LOCAL && [address, whole].every(isShort);
  return LOCAL.test(local) && HOST.test(domain) && fits ? whole : undefined;
}

/**
 * An e-mail address as it was written, in lower case (RFC 5321 lets the part before the @ differ by case; no provider
 * does). Its domain may be in any alphabet.
 */
export const Email = z
  .string()
  .max(LONGEST * 2)
  .transform((text) => tidied(text).toLowerCase())
  .refine((address) => mailbox(address) !== undefined, invalidEmail)
  .meta({
    override: { type: 'string', format: 'idn-email', maxLength: LONGEST, examples: ['awa.diop@ecole.example'] },
  })
  .brand<'KeyPart'>();

/** By what two addresses are one: `info@école.example` and `info@xn--cole-9oa.example` reach the same mailbox. */
export const emailKey = (email: string): KeyPart => keyPart(mailbox(email) ?? email);

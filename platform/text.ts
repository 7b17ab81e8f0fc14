import * as z from 'zod';
import { rule } from './http/rule.ts';
import { wire } from './http/wire.ts';

// C0 and C1 controls, the two separators that end a line, lone surrogates, what a decoder puts in place of broken bytes,
// noncharacters (SQS refuses a message that holds one) and the bidirectional overrides that can disguise a text as another.
const FORBIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}\u202a-\u202e\u2066-\u2069\ufffd]/u;

const VISIBLE = /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u;

export const noControls = rule('control_character', {
  fr: 'Un caractère de contrôle n’est pas permis',
  en: 'A control character is not allowed',
});

const nothingVisible = rule('nothing_visible', { fr: 'Rien n’y est visible', en: 'Nothing in it is visible' });

/** One line of human text: trimmed, NFC, 1 to `max` characters, free of control characters, something of it visible. */
export const line = (max: number) =>
  z
    .string()
    .max(max * 4)
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().min(1).max(max))
    .refine((text) => !FORBIDDEN.test(text), noControls)
    .refine((text) => text === '' || VISIBLE.test(text), nothingVisible)
    .meta(wire({ type: 'string', format: 'line', minLength: 1, maxLength: max }));

/** Folds accents, case and repeated spaces away, so that `Élodie  N.` and `elodie n.` sort and search alike. */
export const fold = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();

/** What RFC 5321 (4.5.3.1.1) lets stand before the @: 64 characters. */
const LOCAL_PART = /^[^@]{1,64}@/;

/** An e-mail address, lower-cased (RFC 5321 lets the local part differ by case; no provider does). */
export const Email = z
  .string()
  .max(254)
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.email().regex(LOCAL_PART))
  .meta(wire({ type: 'string', format: 'email', maxLength: 254, pattern: z.regexes.email.source }));

// A Cyrillic а among Latin letters looks like the name of somebody else.
const MIXED_ALPHABETS = /(?=.*\p{Script=Latin})(?=.*[\p{L}--\p{Script=Latin}])/v;

/**
 * A username: NFKC, lower case, 3 to 64 letters, digits, dots, dashes or underscores; never Latin letters and those of
 * another alphabet together.
 */
export const Username = z
  .string()
  .max(256)
  .transform((text) => text.normalize('NFKC').toLowerCase())
  .pipe(z.string().regex(/^[\p{L}\p{N}](?:[\p{L}\p{N}._-]{1,62})[\p{L}\p{N}]$/u))
  .refine((text) => !MIXED_ALPHABETS.test(text), {
    ...rule('mixed_alphabets', { fr: 'Un seul alphabet est permis', en: 'Only one alphabet is allowed' }),
  })
  .meta(wire({ type: 'string', format: 'username', minLength: 3, maxLength: 64, examples: ['victor'] }));

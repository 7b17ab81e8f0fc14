import * as z from 'zod';
import { isKeyPart } from '../base/key-part.ts';
import { trimmed } from './characters.ts';
import { rule } from './rule.ts';

// A Cyrillic а among Latin letters looks like the name of somebody else.
const MIXED_ALPHABETS = /(?=.*\p{Script=Latin})(?=.*[\p{L}--\p{Script=Latin}])/v;

const tooLong = rule('too_long', { fr: 'Texte trop long ou illisible', en: 'Text too long or unreadable' });

const typed = z.string().max(256);

// No username begins or ends with a space, yet keyboards add one to whatever they completed. Within it nothing is dropped.
const normalised = (text: string): string => trimmed(text.normalize('NFKC')).toLowerCase();

/**
 * A username: NFKC, lower case, 2 to 64 letters, digits, dots, dashes or underscores; never Latin letters and those of
 * another alphabet together. Spaces around it do not count.
 */
export const Username = typed
  .transform(normalised)
  .pipe(z.string().regex(/^[\p{L}\p{N}](?:[\p{L}\p{N}._-]{0,62})[\p{L}\p{N}]$/u))
  .refine((text) => !MIXED_ALPHABETS.test(text), {
    ...rule('mixed_alphabets', { fr: 'Un seul alphabet est permis', en: 'Only one alphabet is allowed' }),
  })
  .meta({ override: { type: 'string', format: 'username', minLength: 2, maxLength: 64, examples: ['victor'] } })
  .brand<'KeyPart'>();

/** A username as somebody types it to sign in: an impossible one is simply unknown, as long as it can be looked up. */
export const AttemptedUsername = typed.min(1).transform(normalised).refine(isKeyPart, tooLong).brand<'KeyPart'>();

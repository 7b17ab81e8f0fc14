import * as z from 'zod';
import { holdsForbidden, isVisible, tidied } from './characters.ts';
import { rule } from './rule.ts';

export const noControls = rule('control_character', {
  fr: 'Un caractère de contrôle n’est pas permis',
  en: 'A control character is not allowed',
});

const nothingVisible = rule('nothing_visible', { fr: 'Rien n’y est visible', en: 'Nothing in it is visible' });

// However a keyboard, a browser or a word processor ends a line.
const LINE_ENDS = /\r\n?|[\u2028\u2029]/g;

const human = (max: number, tidy: (text: string) => string) =>
  z
    .string()
    .max(max * 4)
    .transform(tidy)
    .pipe(z.string().min(1).max(max));

/**
 * One line of human text: tidied, NFC, 1 to `max` characters, free of control characters, something of it visible.
 * @param max UTF-16 units, after tidying
 */
export const line = (max: number) =>
  human(max, tidied)
    .refine((text) => !holdsForbidden(text), noControls)
    .refine((text) => text === '' || isVisible(text), nothingVisible)
    .meta({ override: { type: 'string', format: 'line', minLength: 1, maxLength: max } });

/**
 * Human text of one or more lines, otherwise like {@link line}: every line ends in LF, whatever it ended in.
 * @param max UTF-16 units, after tidying
 */
export const paragraph = (max: number) =>
  human(max, (text) => tidied(text.replace(LINE_ENDS, '\n')))
    .refine((text) => !holdsForbidden(text.replaceAll('\n', '')), noControls)
    .refine((text) => text === '' || isVisible(text), nothingVisible)
    .meta({ override: { type: 'string', format: 'paragraph', minLength: 1, maxLength: max } });

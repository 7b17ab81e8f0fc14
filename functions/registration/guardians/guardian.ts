import * as z from 'zod';
import { rule } from '../../../platform/schema/rule.ts';
import { line } from '../../../platform/schema/text.ts';
import { Username } from '../../../platform/schema/username.ts';

/** The most guardians that a student may have. */
const MOST_GUARDIANS = 10;

const namedTwice = rule('named_twice', { fr: 'Ce compte est déjà nommé', en: 'This account is named already' });

/** Somebody who may see what a student sees. */
export const Guardian = z.strictObject({
  username: Username,
  /** What they are to the student, in the school's words: mère, père, tutrice. */
  relation: line(50).optional(),
  /** Whether the law has them decide for the student. */
  legal: z.boolean().optional(),
});
export type Guardian = z.output<typeof Guardian>;

// A bare username is short for an object that says nothing else.
const Named = z.union([Username.transform((username): Guardian => ({ username })), Guardian]);

/** `PUT /students/{id}/guardians`: all of them, each once. */
export const Guardians = z
  .array(Named)
  .max(MOST_GUARDIANS)
  .superRefine((guardians, context) => {
    const seen = new Set<string>();
    for (const [i, { username }] of guardians.entries()) {
      if (seen.has(username)) context.addIssue({ code: 'custom', path: [i], ...namedTwice });
      seen.add(username);
    }
  });

/** The guardians of a student as an admin sees them. */
export const GuardiansView = z.array(
  z.object({ username: z.string(), relation: z.string().optional(), legal: z.boolean().optional() }),
);

/** Who the guardians of a student were from a moment on, and who said so. */
export const Naming = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  /** The username of the admin who named them. */
  by: z.string(),
  guardians: GuardiansView,
});
export type Naming = z.output<typeof Naming>;

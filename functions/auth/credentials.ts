import * as z from 'zod';
import { noControls } from '../../platform/schema/text.ts';
import { AttemptedUsername } from '../../platform/schema/username.ts';

// Apart from the account: whoever only signs people in does not load what reads phone numbers.

/** The characters of a new password (NIST SP 800-63B); counted after NFC, so that every keyboard spells it alike. */
export const Password = z
  .string()
  .max(512)
  .transform((text) => text.normalize('NFC'))
  .pipe(z.string().min(8).max(128))
  .refine((text) => !text.includes('\0'), noControls)
  .meta({ override: { type: 'string', format: 'password', minLength: 8, maxLength: 128 } });

/** A password as somebody types it to sign in: any text, since a wrong one must fail as wrong, not as malformed. */
export const AttemptedPassword = z
  .string()
  .min(1)
  .max(1024)
  .transform((text) => text.normalize('NFC'));

/** What signing in and `POST /users/verify` take. */
export const Credentials = z.strictObject({
  username: AttemptedUsername,
  password: AttemptedPassword,
});
export type Credentials = z.output<typeof Credentials>;

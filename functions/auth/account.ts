import * as z from 'zod';
import { ROLES } from '../../platform/http/access.ts';
import { wire } from '../../platform/http/wire.ts';
import { Phone } from '../../platform/phone.ts';
import { Email, line, noControls, Username } from '../../platform/text.ts';

/** The characters of a new password (NIST SP 800-63B); counted after NFC, so that every keyboard spells it alike. */
export const Password = z
  .string()
  .max(512)
  .transform((text) => text.normalize('NFC'))
  .pipe(z.string().min(8).max(128))
  .refine((text) => !text.includes('\0'), noControls)
  .meta(wire({ type: 'string', format: 'password', minLength: 8, maxLength: 128 }));

/** A password as somebody types it to sign in: any text, since a wrong one must fail as wrong, not as malformed. */
export const AttemptedPassword = z
  .string()
  .min(1)
  .max(1024)
  .transform((text) => text.normalize('NFC'));

const Particulars = z.strictObject({
  first_name: line(100).optional(),
  last_name: line(100).optional(),
  email: Email.optional(),
  phone: Phone.optional(),
});

/** `POST /users`. The role is not among it: nobody gives themself one. */
export const SignUp = Particulars.extend({ username: Username, password: Password });

/** What only an admin may change of an account. `unlock` forgets the wrong passwords that were tried on it. */
const AdminChange = z.strictObject({
  role: z.enum(ROLES).optional(),
  disabled: z.boolean().optional(),
  unlock: z.literal(true).optional(),
});
export const ADMIN_FIELDS = AdminChange.keyof().options;

/** `PUT /users/{username}`: what is absent stays, `null` erases. */
export const AccountChange = AdminChange.extend({
  first_name: line(100).nullable().optional(),
  last_name: line(100).nullable().optional(),
  email: Email.nullable().optional(),
  phone: Phone.nullable().optional(),
  password: Password.optional(),
  old_password: AttemptedPassword.optional(),
});
export type AccountChange = z.output<typeof AccountChange>;

/** What signing in and `POST /users/verify` take. */
export const Credentials = z.strictObject({
  // Looser than a new username: an impossible name is simply unknown.
  username: z
    .string()
    .min(1)
    .max(256)
    .transform((text) => text.normalize('NFKC').toLowerCase()),
  password: AttemptedPassword,
});
export type Credentials = z.output<typeof Credentials>;

/** What others may see of an account: never the hash. Contact data is for the owner and admins. */
export const Profile = z.object({
  username: z.string(),
  role: z.enum(ROLES),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  disabled: z.boolean(),
  created_at: z.iso.datetime(),
});
export type Profile = z.output<typeof Profile>;

/** An account as it is stored. */
export interface Account extends Profile {
  readonly password_hash: string;
  readonly version: number;
  /** Sessions of another generation are over: whatever must end them all gives the account a new one. */
  readonly generation: string;
  /**
   * Sessions that ended one by one, each until the last of its access tokens has expired (epoch seconds). This is what
   * lets the authorizer refuse them after a single read.
   */
  readonly ended_sessions: Readonly<Record<string, number>>;
}

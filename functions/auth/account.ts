import * as z from 'zod';
import type { KeyPart } from '../../platform/base/key-part.ts';
import { ROLES } from '../../platform/http/access.ts';
import { Email } from '../../platform/schema/email.ts';
import { Phone } from '../../platform/schema/phone.ts';
import { line } from '../../platform/schema/text.ts';
import { Username } from '../../platform/schema/username.ts';
import { AttemptedPassword, Password } from './credentials.ts';

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

/** `DELETE /users/{username}`: the password, where it is one's own. */
export const Leave = z.strictObject({ password: AttemptedPassword.optional() }).optional();

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
  readonly username: KeyPart;
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

/** What an account begins with. */
export type NewAccount = Pick<Account, 'username' | 'password_hash' | 'role'> &
  Partial<Pick<Account, 'first_name' | 'last_name' | 'email' | 'phone'>>;

/** `{username}` in a path. */
export const AccountPath = z.object({ username: Username });

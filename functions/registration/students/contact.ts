import * as z from 'zod';
import { Email } from '../../../platform/schema/email.ts';
import { Phone } from '../../../platform/schema/phone.ts';
import { line } from '../../../platform/schema/text.ts';
import { Username } from '../../../platform/schema/username.ts';

/** The most people that a school is told to call. */
const MOST_CONTACTS = 10;

/** Somebody whom the school may call about a student, with an account or without. What they may see is said by `guardians`. */
export const Contact = z.strictObject({
  name: line(100),
  /** What they are to the student: mère, oncle, tutrice. */
  relation: line(50),
  phone: Phone.optional(),
  email: Email.optional(),
  username: Username.optional(),
  /** Whether the law has them decide for the student. */
  legal: z.boolean().optional(),
  /** Whether the fees are asked of them. */
  pays: z.boolean().optional(),
});
export type Contact = z.output<typeof Contact>;

/** Those of one student: brothers and sisters may have the same. */
export const Contacts = z.array(Contact).max(MOST_CONTACTS);

/** A contact as it is shown. */
export const ContactView = z.object({
  name: z.string(),
  relation: z.string(),
  phone: z.string().optional(),
  email: z.string().optional(),
  username: z.string().optional(),
  legal: z.boolean().optional(),
  pays: z.boolean().optional(),
});

/** How somebody may be reached. */
interface Reach {
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
}

interface Reachable extends Reach {
  readonly contacts?: readonly Reach[] | undefined;
}

type Named = Pick<z.output<typeof ContactView>, 'username'>;

const isReached = ({ phone, email }: Reach): boolean => phone !== undefined || email !== undefined;

/** Whether the school has a number or an address to ask for this student, theirs or a contact's. */
export const canBeReached = (student: Reachable): boolean =>
  isReached(student) || (student.contacts ?? []).some(isReached);

/** The accounts among contacts that were not among them before, and where each stands in the body. */
export const accountsNamed = (sent: readonly Named[] = [], before: readonly Named[] = []) =>
  sent.flatMap(({ username }, i) =>
    username === undefined || before.some((one) => one.username === username)
      ? []
      : [{ username, pointer: `#/contacts/${i}/username` }],
  );

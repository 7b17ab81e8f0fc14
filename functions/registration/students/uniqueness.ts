import { keyPart } from '../../../platform/base/key-part.ts';
import { key } from '../../../platform/data/key.ts';
import type { Key } from '../../../platform/data/table.ts';
import { absent, put, remove, type Write } from '../../../platform/data/write.ts';
import { emailKey } from '../../../platform/schema/email.ts';
import { problem } from '../problems.ts';
import type { Student } from './student.ts';

/** What only one student may have. */
export type Distinction = 'username' | 'email' | 'phone' | 'matricule';

const TAKEN = {
  username: problem.account_already_registered,
  email: problem.email_taken,
  phone: problem.phone_taken,
  matricule: problem.matricule_taken,
} as const satisfies Record<Distinction, () => Error>;

/** Each of them, by the name of its field. */
export const DISTINCTIONS = Object.keys(TAKEN) as [Distinction, ...Distinction[]];

/** The item that says whose this email, phone, matricule or username is: one for all spellings of an address. */
export const claimKey = (distinction: Distinction, value: string): Key => ({
  pk: key`${keyPart(distinction.toUpperCase())}#${distinction === 'email' ? emailKey(value) : keyPart(value)}`,
  sk: key`${keyPart(distinction.toUpperCase())}`,
});

/** A claim as it is stored. */
export interface Claim {
  readonly student_id: number;
}

type Claiming = Pick<Student, 'id' | 'status' | Distinction>;

/**
 * What a student holds against all others. One who registered themself holds only their account until they are accepted:
 * an e-mail, phone or matricule that anybody may write down would be kept from its holder, and its refusal would tell who is here.
 */
const heldBy = (student: Claiming | undefined): { readonly [D in Distinction]?: string | undefined } =>
  student?.status === 'pending' ? { username: student.username } : (student ?? {});

/** The writes that give up what the student had and claim what they get, where the two differ. */
export function claims(before: Claiming | undefined, after: Claiming | undefined): Write[] {
  const [held, holds] = [heldBy(before), heldBy(after)];
  return DISTINCTIONS.flatMap((distinction) => {
    const [had, gets] = [held[distinction], holds[distinction]];
    if (had === gets) return [];
    const writes: Write[] = [];
    if (had !== undefined) writes.push(remove(claimKey(distinction, had)));
    if (gets !== undefined)
      writes.push(
        put(
          { ...claimKey(distinction, gets), student_id: after?.id },
          absent(() => TAKEN[distinction]()),
        ),
      );
    return writes;
  });
}

import type { Key } from '../../platform/data/table.ts';
import { absent, put, remove, type Write } from '../../platform/data/write.ts';
import { problem } from './problems.ts';
import type { Student } from './student.ts';

/** What only one student may have. */
type Distinction = 'username' | 'email' | 'phone';

const TAKEN = {
  username: problem.account_already_registered,
  email: problem.email_taken,
  phone: problem.phone_taken,
} as const satisfies Record<Distinction, () => Error>;

/** The item that says whose this email, phone or username is. */
export const claimKey = (distinction: Distinction, value: string): Key => ({
  pk: `${distinction.toUpperCase()}#${value}`,
  sk: distinction.toUpperCase(),
});

/** A claim as it is stored. */
export interface Claim {
  readonly student_id: number;
}

type Claiming = Pick<Student, 'id' | Distinction>;

/** The writes that give up what the student had and claim what they get, where the two differ. */
export function claims(before: Claiming | undefined, after: Claiming | undefined): Write[] {
  const distinctions = Object.keys(TAKEN) as Distinction[];
  return distinctions.flatMap((distinction) => {
    const [had, gets] = [before?.[distinction], after?.[distinction]];
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

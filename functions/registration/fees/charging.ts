import pLimit from 'p-limit';
import type { InvalidField, ProblemFactory } from '../../../platform/base/problem.ts';
import { currentScope } from '../../../platform/base/scope.ts';
import type { Write } from '../../../platform/data/write.ts';
import { fold } from '../../../platform/schema/fold.ts';
import { invalidField } from '../../../platform/schema/input.ts';
import { problem } from '../problems.ts';
import type { Student } from '../students/student.ts';
import { passes, searchFor } from '../students/student-index.ts';
import { table } from '../table.ts';
import { feeLine, isSame, MOST_CHARGED, type NewFee } from './fee.ts';
import { type Fee, linesOf } from './ledger.ts';
import * as ledger from './ledger-store.ts';

/** How many ledgers are read at once. */
const AT_ONCE = 16;

const TOO_MANY = {
  fr: `Plus de ${MOST_CHARGED} étudiants : nommez-les par \`student_ids\`, en plusieurs fois`,
  en: `More than ${MOST_CHARGED} students: name them by \`student_ids\`, in several calls`,
};

/** The students of a class as the index has it, whom the school has accepted. @throws class_not_found, invalid_input */
async function classMembers(className: string): Promise<number[]> {
  const filters = { class_name: fold(className), status: 'enrolled' as const };
  const { items } = await table.query<Student>({ ...searchFor(filters), limit: MOST_CHARGED + 1 });
  if (items.length > MOST_CHARGED) throw invalidField('#/class_name', 'too_many_students', TOO_MANY);
  const members = items.filter((student) => passes(student, filters));
  if (members.length === 0) throw problem.class_not_found();
  return members.map(({ id }) => id);
}

/** Whom a fee is for, each once. @throws class_not_found, invalid_input */
export const chargedBy = async ({ class_name, student_ids = [] }: NewFee): Promise<number[]> =>
  class_name === undefined ? [...new Set(student_ids)] : classMembers(class_name);

/** The accounts of some students, in their order. A query each. @throws LostUpdate where one is met half-way */
export function accountsOf(ids: readonly number[]): Promise<ledger.Account[]> {
  const limit = pLimit(AT_ONCE);
  return Promise.all(ids.map((id) => limit(() => ledger.findWhole(id))));
}

/** The fee of this name that stands in a ledger already. */
const standing = ({ entries }: ledger.Account, fee: NewFee): Fee | undefined =>
  linesOf(entries, 'fee').find((one) => one.label !== undefined && ledger.feeName(one) === ledger.feeName(fee));

/** Why an account may not be charged with a fee; undefined where it may, or has it. */
function refusal(account: ledger.Account, fee: NewFee): ProblemFactory | undefined {
  const { student, entries } = account;
  if (!student) return problem.student_not_found;
  if (student.status === 'pending') return problem.registration_pending;
  const stands = standing(account, fee);
  if (stands) return isSame(stands, fee) ? undefined : problem.fee_differs;
  const [first] = linesOf(entries, 'fee');
  return first && first.currency !== fee.currency ? problem.other_currency : undefined;
}

/**
 * Holds all accounts against a fee, before one of them is charged.
 * @throws student_not_found, registration_pending, fee_differs, other_currency: the first there is, naming all whom it is about
 */
export function mustBeChargeable(ids: readonly number[], accounts: readonly ledger.Account[], fee: NewFee): void {
  const refusals = accounts.map((account) => refusal(account, fee));
  const first = refusals.find((one) => one !== undefined);
  if (!first) return;
  const language = currentScope()?.language ?? 'fr';
  const errors = refusals.flatMap((one, i): InvalidField[] => {
    if (one !== first) return [];
    const id = ids[i] ?? 0;
    const at = fee.student_ids?.indexOf(id);
    const detail = `${{ fr: 'Étudiant', en: 'Student' }[language]} ${id}`;
    return [{ pointer: at === undefined ? '#/class_name' : `#/student_ids/${at}`, detail, code: first.code }];
  });
  throw first({ errors });
}

/** What charging some accounts writes, and how many of them get the fee. Whoever has it, or is gone by now, gets none. */
export function charging(accounts: readonly ledger.Account[], fee: NewFee, by: string) {
  const getting = accounts.filter((account): account is ledger.OpenAccount =>
    Boolean(account.student && !standing(account, fee)),
  );
  const writes: Write[] = getting.flatMap((account) => ledger.append(account, feeLine(fee, by)));
  return { writes, charged: getting.length, already: accounts.length - getting.length };
}

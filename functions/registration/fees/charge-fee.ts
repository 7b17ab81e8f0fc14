import { optimistically } from '../../../platform/data/optimistic.ts';
import { commit as commitAlone } from '../../../platform/events/commit.ts';
import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { accountsOf, chargedBy, charging, mustBeChargeable } from './charging.ts';
import { Charged, NewFee } from './fee.ts';
import { sum } from './ledger.ts';
import type { Account } from './ledger-store.ts';

/** Two items a student, and the answer under its key: the most that fit into one transaction. */
const MOST_AT_ONCE = 45;

/** Some students, and their accounts: as they were read already at first, anew where somebody was faster. */
function inChunks(ids: readonly number[], accounts: readonly Account[]): (() => Promise<readonly Account[]>)[] {
  return Array.from({ length: Math.ceil(ids.length / MOST_AT_ONCE) }, (_, i) => {
    const [from, to] = [i * MOST_AT_ONCE, (i + 1) * MOST_AT_ONCE];
    let known: readonly Account[] | undefined = accounts.slice(from, to);
    return async () => {
      const some = known ?? (await accountsOf(ids.slice(from, to)));
      known = undefined;
      return some;
    };
  });
}

export const chargeFee = operation({
  route: 'POST /fees',
  summary: 'Charge a class or some students with a fee',
  description:
    'A line in the ledger of each. Nobody is charged twice with a fee of one `label` and `year`: sent again, it charges those who joined the class since, and goes on where it was cut off. Nobody is charged where one of them has a fee of that name with other amounts (409 `fee_differs`), or owes in another currency. 300 students at most; a student who joined the class a moment ago may be missing.',
  access: allow('admin'),
  body: NewFee,
  answers: { 200: Charged },
  problems: [
    problem.class_not_found,
    problem.student_not_found,
    problem.registration_pending,
    problem.fee_differs,
    problem.other_currency,
  ],
  changes: table,
  idempotent: true,
  async handle({ body: fee, caller, commit }) {
    const ids = await chargedBy(fee);
    const accounts = await optimistically(() => accountsOf(ids));
    mustBeChargeable(ids, accounts, fee);
    const chunks = inChunks(ids, accounts);
    const counts: { charged: number; already: number }[] = [];
    for (const read of chunks.slice(0, -1))
      counts.push(await commitAlone(table, async () => charging(await read(), fee, caller.username)));
    return commit(async () => {
      const { writes, ...last } = charging((await chunks.at(-1)?.()) ?? [], fee, caller.username);
      const all = [...counts, last];
      const { label, year, currency } = fee;
      const amount = sum(fee.instalments.map((one) => one.amount));
      const [charged, already] = [sum(all.map((one) => one.charged)), sum(all.map((one) => one.already))];
      return { writes, answer: ok({ label, year, amount, currency, charged, already }) };
    });
  },
});

import { beforeAll, expect, test } from '@jest/globals';
import { dynamo } from '../../../platform/data/client.ts';
import { teacher } from '../../../tests/support/call.ts';
import { intervening } from '../../../tests/support/faults.ts';
import { ask, asked, newStudents, tell } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';

beforeAll(async () => {
  await createContext('grades');
});

/** Does something just before the n-th call to the table of some work. @returns whether there were so many */
async function beforeCall(
  n: number,
  meanwhile: () => Promise<unknown>,
  work: () => Promise<unknown>,
): Promise<boolean> {
  let calls = 0;
  await intervening(
    dynamo,
    async (_, proceed) => {
      calls += 1;
      if (calls === n) await meanwhile();
      return proceed();
    },
    work,
  );
  return calls >= n;
}

test('whoever joins a class while its first mark is entered is in its book, whenever that falls', async () => {
  for (let n = 1, isReached = true; isReached; n += 1) {
    const class_name = `Classe ${n}`;
    const [first = 0, newcomer = 0] = await newStudents(2);
    await tell(first, 1, { class_name });
    isReached = await beforeCall(
      n,
      () => asked(`POST /add_grade/${first}`, { grade: 12 }, teacher),
      () => tell(newcomer, 1, { class_name }),
    );
    expect([n, (await ask(`POST /add_grade/${newcomer}`, { grade: 15 }, teacher)).status]).toEqual([n, 200]);
  }
});

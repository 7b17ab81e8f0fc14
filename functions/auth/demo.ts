import type { Role } from '../../platform/http/access.ts';
import { Problem } from '../../platform/http/problem.ts';
import { draftAccount, findAccount, insertAccount } from './account-store.ts';
import { hashPassword } from './passwords.ts';

const DEMO_ACCOUNTS: readonly [username: string, password: string, role: Role][] = [
  ['admin', 'admin', 'admin'],
  ['prof', 'prof', 'teacher'],
  ['victor', '1234', 'student'],
  ['kilian', 'abcd', 'student'],
  ['baptiste', 'pass', 'student'],
];

async function ensureAccount(username: string, password: string, role: Role): Promise<void> {
  if (await findAccount(username)) return;
  const account = draftAccount({ username, role, password_hash: await hashPassword(password) });
  await insertAccount(account).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
  });
}

/** The demo accounts of a local start; those that exist stay as they are. */
export async function loadDemo(): Promise<void> {
  await Promise.all(DEMO_ACCOUNTS.map((one) => ensureAccount(...one)));
}

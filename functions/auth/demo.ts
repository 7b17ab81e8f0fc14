import { keyPart } from '../../platform/base/key-part.ts';
import { Problem } from '../../platform/base/problem.ts';
import { commit } from '../../platform/events/commit.ts';
import type { Role } from '../../platform/http/access.ts';
import * as accounts from './account-store.ts';
import { DEMO_ACCOUNTS } from './demo-accounts.ts';
import { hashPassword } from './passwords.ts';
import { table } from './table.ts';

async function ensureAccount(name: string, password: string, role: Role, email?: string): Promise<void> {
  const username = keyPart(name);
  if (await accounts.find(username)) return;
  const account = accounts.draft({
    username,
    role,
    password_hash: await hashPassword(password),
    ...(email && { email }),
  });
  await commit(table, () => ({ writes: accounts.insert(account) })).catch((error: unknown) => {
    // A deleted account keeps its name, and another start may have been faster.
    if (!(error instanceof Problem)) throw error;
  });
}

/** The demo accounts of a local start; those that exist stay as they are. */
export async function loadDemo(): Promise<void> {
  await Promise.all(DEMO_ACCOUNTS.map((one) => ensureAccount(...one)));
}

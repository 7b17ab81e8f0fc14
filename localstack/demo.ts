import { loadDemo as loadAccounts } from '../functions/auth/demo.ts';

/** Loads the demo data of every context. Safe to repeat: what is there already stays as it is. */
export async function loadDemo(): Promise<void> {
  await loadAccounts();
}

import { loadDemo as loadAccounts } from '../functions/auth/demo.ts';
import { loadDemo as loadStudents } from '../functions/registration/demo.ts';

/** Loads the demo data of every context. Safe to repeat: what is there already stays as it is. */
export async function loadDemo(): Promise<void> {
  await Promise.all([loadAccounts(), loadStudents()]);
}

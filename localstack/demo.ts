import { loadDemo as loadAccounts } from '../functions/auth/demo.ts';
import { loadDemo as loadHealth } from '../functions/health/demo.ts';
import { loadDemo as loadPersons } from '../functions/persons/demo.ts';

/** Loads the demo data of every context. Safe to repeat: what is there already stays as it is. */
export async function loadDemo(): Promise<void> {
  await loadAccounts();
  await loadHealth(await loadPersons());
}

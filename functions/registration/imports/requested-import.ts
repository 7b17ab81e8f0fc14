import type { Import, ImportView } from './import.ts';
import * as files from './import-files.ts';

/** An import as whoever asks sees it: numbers while it is under way, all of its report once it is done. */
export async function viewOf(one: Import): Promise<ImportView> {
  const { id, state, by, created_at, bytes, rows = null, rows_done, dry_run } = one;
  const { accepted, unchanged, rejected, columns_read = [], refusal = null } = one;
  const [told, failed] = await Promise.all([files.reportOf(one), files.failedRowsOf(one)]);
  return {
    ...{ id, state, by, created_at, bytes, rows, rows_done, dry_run },
    ...{ accepted, unchanged, rejected },
    ...{ errors: [...told.errors], more_errors: told.more_errors, warnings: [...told.warnings] },
    ...{ columns: [...columns_read], ...failed, refusal },
  };
}

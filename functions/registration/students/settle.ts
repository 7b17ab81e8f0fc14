import { log } from '../../../platform/base/log.ts';
import { settle, unsettled } from './retention.ts';

/** Finishes what a crash left undone after deletions and restorations. On schedule; one student's trouble holds up no other. */
export async function handler(): Promise<{ settled: number }> {
  const ids = await unsettled();
  for (const id of ids)
    await settle(id).catch((error: unknown) => log.error('a retention was not settled', { error, student_id: id }));
  return { settled: ids.length };
}

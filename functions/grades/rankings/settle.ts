import { log } from '../../../platform/base/log.ts';
import { LostUpdate } from '../../../platform/data/write.ts';
import { look, lookAtReleased } from '../notices/look.ts';
import { tellOfCards } from '../report-cards/telling.ts';
import { finishClosing } from '../terms/closing.ts';
import * as terms from '../terms/term-store.ts';
import * as rankings from './ranking-store.ts';

/** One class's trouble holds up no other; it stays marked, so that the next minute tries again. */
function logged(error: unknown): void {
  if (!(error instanceof LostUpdate)) log.error('a class could not be brought up to date', { error });
}

/**
 * Brings the ranking up to date about every class that changed, tells families what is new in it or was released, and
 * closes what was left half closed. On schedule: the ranking is exact without it, and cheaper with it.
 */
export async function handler(): Promise<void> {
  await finishClosing();
  const calendar = await terms.calendar();
  for (const term of calendar.terms.filter(({ children }) => children === 0)) {
    const refs = await rankings.unsettled(term.id);
    for (const ref of refs) await rankings.settle(term, ref, (book) => look(book, calendar)).catch(logged);
    if (refs.length > 0) log.info('ranking settled', { term: term.id, classes: refs.length });
  }
  await lookAtReleased(calendar, logged);
  await tellOfCards(calendar, logged);
}

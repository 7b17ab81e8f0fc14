import { commit } from '../../../platform/events/commit.ts';
import type { OutgoingEvent } from '../../../platform/events/outgoing-event.ts';
import { studentNoticed } from '../events.ts';
import { heading } from '../notices/notice.ts';
import { ofCards } from '../notices/standing.ts';
import { holdersOf } from '../students/holders.ts';
import type { Student } from '../students/student.ts';
import { known, studentKey } from '../students/student-store.ts';
import { table } from '../table.ts';
import type { Calendar } from '../terms/term.ts';
import type { Untold } from './card-store.ts';
import * as cards from './card-store.ts';

/** How many events go into one transaction. */
const MOST_AT_ONCE = 90;

/** What each account that is named on one of these students is to hear. */
async function newsOf({ cards: all, term }: Untold, calendar: Calendar): Promise<OutgoingEvent[]> {
  const found = await table.getMany<Student>(all.map(({ student_id }) => studentKey(student_id)));
  return found
    .filter((one) => known(one))
    .flatMap((student) => {
      const versions = all
        .filter(({ student_id }) => student_id === student.student_id)
        .map(({ id, version }) => ({ id, version, at: '' }));
      const items = ofCards(student, { term, versions }, calendar.find(term)?.name ?? '').map((one) => ({
        ...{ id: one.id, fr: heading(one, 'fr'), en: heading(one, 'en') },
      }));
      const { student_id, name } = student;
      return holdersOf(student).map((username) => studentNoticed({ username, student_id, name, items }));
    });
}

/**
 * Tells families of the cards that were published. Broken off, it is done again: who sends the e-mails knows by the ids
 * what they sent.
 * @param failed is told of cards that could not be told of; they are next time
 */
export async function tellOfCards(calendar: Calendar, failed: (error: unknown) => void): Promise<void> {
  const tell = async (one: Untold): Promise<void> => {
    let news = await newsOf(one, calendar);
    for (; news.length > MOST_AT_ONCE; news = news.slice(MOST_AT_ONCE))
      await commit(table, () => ({ events: news.slice(0, MOST_AT_ONCE) }));
    await commit(table, () => ({ events: news, writes: [cards.told(one)] }));
  };
  for (const one of await cards.untold()) await tell(one).catch(failed);
}

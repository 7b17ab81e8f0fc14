import type { Key } from '../../../platform/data/table.ts';
import type { View } from '../classes/book.ts';
import { headKey } from '../classes/book-store.ts';
import { refIn } from '../classes/class-ref.ts';
import { lastLeaf } from '../council/council.ts';
import * as councils from '../council/council-store.ts';
import type { Student } from '../students/student.ts';
import { table } from '../table.ts';
import type { Calendar } from '../terms/term.ts';
import type { Last } from './card.ts';
import { classCards, yearDigest } from './class-cards.ts';
import { contentOf, studentDigest } from './content.ts';

/** Whether nothing was written that a card was made of: one batch of small items. */
async function isUntouched({ made_of: { books, council }, ref, term }: Last): Promise<boolean> {
  const place = councils.generationKey({ ref, term });
  const items = await table.getMany<Key & { gen: number }>([...books.map(headKey), place]);
  const genAt = ({ pk, sk }: Key) => items.find((item) => item.pk === pk && item.sk === sk)?.gen ?? 0;
  // A class without a book goes by what it is today, which has no generation.
  return books.every((book) => book.gen > 0 && genAt(headKey(book)) === book.gen) && genAt(place) === council;
}

/**
 * Whether a card would be printed otherwise today, as far as the reader may know: to families, by the figures that they
 * see, since nothing that is not released, and no remark that is not published, may tell of itself.
 * One batch where nothing was written since; else what publishing reads.
 */
export async function differs(last: Last, student: Student, calendar: Calendar, view: View): Promise<boolean> {
  const term = calendar.find(last.term);
  if (!term) return false;
  const { student_id: id } = student;
  const ref = refIn(student, lastLeaf(term, calendar).id);
  if (ref !== last.ref || studentDigest(student) !== last.digests.student) return true;
  if (yearDigest(term, calendar) === last.made_of.year && (await isUntouched(last))) return false;
  const [cards, said] = await Promise.all([
    classCards({ ref, class_name: '' }, term, calendar, view),
    view === 'staff' ? councils.ofOne(id, term.id) : undefined,
  ]);
  const { digests } = contentOf(cards, student, said, view);
  return view === 'staff' ? digests.printed !== last.digests.printed : digests.figures !== last.digests.figures;
}

import { createHash } from 'node:crypto';
import type { Book, View } from '../classes/book.ts';
import { isVisible, memberIds, scoreIn } from '../classes/book.ts';
import type { ClassRef } from '../classes/class-ref.ts';
import { booksOf, classFigures, figuresIn } from '../figures/standings.ts';
import { school } from '../school-store.ts';
import type { Calendar, Term } from '../terms/term.ts';
import type { MadeOf } from './card.ts';
import type { ClassCards } from './content.ts';

/** The leaves before the last one of a year, which stand beside it on its card; none beside any other. */
function earlier(term: Term, calendar: Calendar): readonly Term[] {
  const leaves = calendar.leavesOf(calendar.yearOf(term));
  return leaves.at(-1)?.id === term.id ? leaves.slice(0, -1) : [];
}

/** All that the cards of a class in a term are made of. One query for each book, and one read. */
export async function classCards(
  where: { readonly ref: ClassRef; readonly class_name: string },
  term: Term,
  calendar: Calendar,
  view: View,
): Promise<ClassCards> {
  const { ref, class_name } = where;
  const [children, before] = [calendar.childrenOf(term.id), earlier(term, calendar)];
  const known = { class_name, calendar };
  if (children.length > 0 || before.length === 0) {
    const [figures, letterhead] = await Promise.all([classFigures(ref, term, calendar, view), school()]);
    return { ...known, figures, books: figures.books, beside: children, school: letterhead };
  }
  const [[books, last], letterhead] = await Promise.all([booksOf(ref, [...before, term], calendar), school()]);
  return { ...known, figures: figuresIn(last, term, view), books, beside: before, school: letterhead };
}

/** Whether all of it was read from between two transactions, so that it may be frozen. */
export const isWhole = ({ books }: ClassCards): boolean => books.every(({ whole }) => whole);

/** Whether a book still takes changes, or may begin. */
const isOpen = ({ head }: Book, leaf: Term): boolean => (head ? head.open : leaf.state !== 'closed');

/** Whether the term is closed for the class, and for those that its members came from. */
export function isClosed({ figures, books, calendar }: ClassCards): boolean {
  const leaves = calendar.leavesOf(figures.term);
  const own = leaves.every((leaf) => {
    const book = books.find(({ ref, term }) => term === leaf.id && ref === figures.ref);
    return book ? !isOpen(book, leaf) : leaf.state === 'closed';
  });
  const within = books.filter(({ term, head }) => head && leaves.some(({ id }) => id === term));
  return own && within.every(({ head }) => !head?.open);
}

/** Whether something counts for a member that families may not see yet. */
export function holdsUnreleased({ figures, books }: ClassCards, now: string): boolean {
  const view: View = { familyAt: now };
  const members = memberIds(figures.book);
  return books.some((book) => {
    const hidden = book.assessments.filter((one) => !isVisible(one, view));
    return members.some((id) => {
      const sheet = book.sheets.get(id);
      return (
        hidden.some((one) => scoreIn(sheet, one) !== undefined) ||
        Object.values(sheet?.brought ?? {}).some((one) => !isVisible(one, view))
      );
    });
  });
}

/** A digest of the terms of a year: whichever comes to it may stand on a card. */
export function yearDigest(term: Term, calendar: Calendar): string {
  const year = calendar.yearOf(term);
  const all = calendar.terms.filter((one) => calendar.isWithin(one, year)).map(({ id, weight }) => `${id} ${weight}`);
  return createHash('sha256').update(all.toSorted().join('\n')).digest('base64url').slice(0, 12);
}

/** What the cards of a class are made of, as it is kept with each. @param council how often the council had spoken */
export const madeOf = ({ figures, books, calendar }: ClassCards, council: number): MadeOf => ({
  books: books.map(({ ref, term, head }) => ({ ref, term, gen: head?.gen ?? 0 })),
  council,
  year: yearDigest(figures.term, calendar),
});

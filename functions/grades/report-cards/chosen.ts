import { problem } from '../problems.ts';
import type { Card, Last } from './card.ts';
import * as cards from './card-store.ts';

const newestAt = ({ versions }: Last): string => versions.at(-1)?.at ?? '';

/**
 * A version of the card of a term. Two reads.
 * @param term without it, the term of which a card was published last
 * @param version without it, the one that stands
 * @throws report_card_not_found
 */
export async function cardOf(studentId: number, term: string | undefined, version: number | undefined): Promise<Card> {
  const all = await cards.allLast(studentId);
  const asked = term === undefined ? all : all.filter((one) => one.term === term);
  const [newest] = asked.toSorted((a, b) => newestAt(b).localeCompare(newestAt(a)));
  const found = newest?.versions.find((one) => one.version === (version ?? newest.version));
  const card = found && (await cards.find(studentId, found.id));
  if (!card) throw problem.report_card_not_found();
  return card;
}

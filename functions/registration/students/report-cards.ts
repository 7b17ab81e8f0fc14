import * as z from 'zod';
import { Peer } from '../../../platform/peer/peer.ts';
import { problem } from '../problems.ts';
import type { Student } from './student.ts';

const grades = new Peer();

/** Of report cards, only that there are some counts here. */
const Cards = z.array(z.unknown());

/**
 * Asks the grades service, with the caller's token, that no report card of a student was published. One of whom it was
 * never told has none.
 * @throws has_published_cards; peer_unavailable when grades does not say
 */
export async function mustHaveNoCards(
  { id, notified }: Student,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  if (!notified) return;
  const cards = await grades.get(`/grades/${id}/report-cards`, Cards, headers);
  if (cards && cards.length > 0) throw problem.has_published_cards();
}

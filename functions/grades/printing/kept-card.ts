import { createHash } from 'node:crypto';
import { Bucket } from '../../../platform/aws/bucket.ts';
import type { Language } from '../../../platform/base/language.ts';
import { AlreadyDone } from '../../../platform/data/write.ts';
import type { Card } from '../report-cards/card.ts';
import * as cards from '../report-cards/card-store.ts';
import type { School } from '../school.ts';
import { table } from '../table.ts';
import { printedCard } from './printed-card.ts';

const files = new Bucket('CARDS_FILES');

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

// By what it holds: whoever is second to store never puts other bytes in the place of those that were noted.
const keyOf = ({ student_id, id }: Card, language: Language, digest: string): string =>
  `cards/${student_id}/${id}/${language}-${digest}.pdf`;

/** Notes the PDF of a card, unless another one has been. @returns the card as it stands then */
async function noted(card: Card, language: Language, digest: string): Promise<Card> {
  try {
    await table.write([cards.noteOfPdf(card, language, digest)]);
  } catch (error) {
    if (!(error instanceof AlreadyDone)) throw error;
  }
  return (await cards.find(card.student_id, card.id)) ?? card;
}

async function stored(card: Card, language: Language): Promise<Buffer | undefined> {
  const digest = card[cards.PDFS[language]];
  return digest === undefined ? undefined : files.read(keyOf(card, language, digest));
}

/**
 * The PDF of a report card: made when it is first asked for in a language, then kept, so that everybody has the same
 * bytes whatever becomes of the logo, the fonts or the typesetter.
 * @throws printing_unavailable
 */
export async function keptCard(card: Card, school: School, language: Language): Promise<Uint8Array> {
  const kept = await stored(card, language);
  if (kept) return kept;
  const made = await printedCard(card, school, language);
  const digest = sha256(made);
  await files.put(keyOf(card, language, digest), made, 'application/pdf');
  const now = await noted(card, language, digest);
  return (await stored(now, language)) ?? made;
}

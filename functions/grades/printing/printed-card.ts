import type { Language } from '../../../platform/base/language.ts';
import { print } from '../../../platform/pdf/printer.ts';
import type { Card } from '../report-cards/card.ts';
import type { School } from '../school.ts';
import { CARD_LAYOUT } from './card-layout.ts';
import { cardPage } from './card-page.ts';
import { wordsIn } from './words.ts';

/**
 * Report cards in one document, each on pages of its own.
 * @param school whose logo and time zone are those of today: the rest of a card is frozen
 * @throws printing_unavailable
 */
export const printCards = (cards: readonly Card[], title: string, { logo, time_zone }: School, language: Language) =>
  print({ layout: CARD_LAYOUT, title, language, logo, data: cards.map((card) => cardPage(card, language, time_zone)) });

/** One report card as a document. @throws printing_unavailable */
export const printedCard = (card: Card, school: School, language: Language): Promise<Uint8Array> =>
  printCards(
    [card],
    `${wordsIn(language).card} – ${card.content.student.name} – ${card.content.term.name}`,
    school,
    language,
  );

import type { Office } from '../declare.ts';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';

/** A card for the simulated payment. */
export interface Card {
  readonly number: string;
  readonly exp_month: number;
  readonly exp_year: number;
  readonly cvc?: string;
}

const CARD = /^([\d ]{12,23}?)\s+(\d{1,2})\s*\/\s*(\d{2}|\d{4})(?:\s+(\d{3,4}))?$/;

/** `4242 4242 4242 4242 12/2030 123`. @throws Misuse, which repeats nothing of it */
export function readCard(line: string): Card {
  const [, number, month, year, cvc] = CARD.exec(line.trim()) ?? [];
  if (!number) throw new Misuse(words('a card is NUMBER MM/YYYY CVC', 'une carte est NUMÉRO MM/AAAA CVC'));
  const exp_year = Number(year) < 100 ? 2000 + Number(year) : Number(year);
  return { number: number.replaceAll(' ', ''), exp_month: Number(month), exp_year, ...(cvc && { cvc }) };
}

/** A card from a pipe, or asked for without an echo. @throws Misuse where nobody can be asked */
export async function cardOf(office: Office, fromPipe: true | undefined): Promise<Card> {
  if (fromPipe) return readCard((await office.piped()).split(/\r?\n/)[0] ?? '');
  if (!office.terminal.asks)
    throw new Misuse(
      words('nobody can be asked for a card', "personne n'est là pour donner une carte"),
      words('pipe it in with --card-stdin', 'envoyez-la par un tube avec --card-stdin'),
    );
  const { hidden } = await import('../menu/prompts.ts');
  return readCard(await hidden(office.terminal, words('Card (NUMBER MM/YYYY CVC)', 'Carte (NUMÉRO MM/AAAA CVC)')));
}

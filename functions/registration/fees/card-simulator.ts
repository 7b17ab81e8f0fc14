import type { ProblemFactory } from '../../../platform/base/problem.ts';
import type { Card } from '../../../platform/schema/card.ts';
import { problem } from '../problems.ts';

const APPROVED = '4242424242424242';

const REFUSALS: Readonly<Record<string, ProblemFactory>> = { '4000000000009995': problem.insufficient_funds };

/**
 * Charges a test card: no money moves. Any other is declined, so that no real card ever seems to work here.
 * @throws card_declined, insufficient_funds
 */
export function charge({ number }: Card): void {
  if (number !== APPROVED) throw (REFUSALS[number] ?? problem.card_declined)();
}

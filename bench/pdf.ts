import { printCards } from '../functions/grades/printing/printed-card.ts';
import { wordsIn } from '../functions/grades/printing/words.ts';
import { classOf } from '../tests/printing/samples.ts';
import { schoolOf } from '../tests/support/documents.ts';
import type { Bench, Round } from './frame.ts';
import { figure } from './lives.ts';

const CARDS = 30;

/** Report cards as they come last in a year: fourteen subjects with remarks, three terms side by side. */
async function print(n: number): Promise<Round> {
  const before = process.cpuUsage();
  // Another class each time, so that nothing is remembered of the one before.
  const cards = classOf(CARDS).map((card) => ({ ...card, version: n + 1 }));
  const pdf = await printCards(cards, `${wordsIn('fr').cards} ${n}`, schoolOf(), 'fr');
  const { user, system } = process.cpuUsage(before);
  return { seconds: (user + system) / 1e6, kb: pdf.length / 1024 };
}

export const bench: Bench = {
  about:
    'Thirty report cards of fourteen subjects in one PDF; the first of all loads the typesetter and the fonts too, as a Lambda does.',
  rows: [
    { what: 'thirty report cards, CPU', unit: 's', better: 'lower', goal: 2, of: figure('seconds') },
    { what: 'the first thirty of a process, CPU', unit: 's', better: 'lower', goal: 2, of: figure('first') },
    { what: 'their PDF', unit: 'KB', better: 'lower', of: figure('kb') },
    { what: 'memory', unit: 'MB', better: 'lower', of: figure('mb') },
  ],
  async *measure() {
    const { seconds: first = Number.NaN } = await print(0);
    for (let n = 1; ; n += 1) yield { ...(await print(n)), first, mb: process.memoryUsage().rss / 2 ** 20 };
  },
};

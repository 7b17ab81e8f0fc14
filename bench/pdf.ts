import { printCards } from '../functions/grades/printing/printed-card.ts';
import { wordsIn } from '../functions/grades/printing/words.ts';
import { classOf } from '../tests/printing/samples.ts';
import { schoolOf } from '../tests/support/documents.ts';

const CARDS = 30;
const MOST_MS = 2_000;
const ROUNDS = 5;

/** Report cards as they come last in a year: fourteen subjects with remarks, three terms side by side. */
async function round(n: number): Promise<{ ms: number; cpu: number; bytes: number }> {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  // Another class each time, so that nothing is remembered of the one before.
  const cards = classOf(CARDS).map((card) => ({ ...card, version: n + 1 }));
  const pdf = await printCards(cards, `${wordsIn('fr').cards} ${n}`, schoolOf(), 'fr');
  const { user, system } = process.cpuUsage(cpu);
  return { ms: performance.now() - started, cpu: (user + system) / 1000, bytes: pdf.length };
}

const rounds = [];
for (let n = 0; n < ROUNDS; n += 1) rounds.push(await round(n));
for (const [n, { ms, cpu, bytes }] of rounds.entries())
  process.stdout.write(
    `${n === 0 ? 'first' : '     '} ${CARDS} cards in one document: ${ms.toFixed(0)} ms (${cpu.toFixed(0)} ms CPU), ${(bytes / 1024).toFixed(0)} KiB\n`,
  );
const { rss } = process.memoryUsage();
process.stdout.write(`memory ${(rss / 1024 / 1024).toFixed(0)} MiB\n`);
// The first counts too: it loads the typesetter and the fonts, as a Lambda does.
const slowest = Math.max(...rounds.map(({ cpu }) => cpu));
if (slowest > MOST_MS) throw new Error(`${CARDS} cards took ${slowest.toFixed(0)} ms of CPU, over ${MOST_MS}`);

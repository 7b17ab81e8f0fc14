/** Makes one measurement and sends what came out to the process that started this one (`board.ts`). */

import { doubts } from './doubts.ts';
import { type Bench, Lacking, type Outcome, type Round, summary } from './frame.ts';

const ROUNDS = 5;

async function measure(bench: Bench): Promise<Outcome> {
  const rounds: Round[] = [];
  for await (const round of bench.measure()) {
    rounds.push(round);
    if (rounds.length === (bench.rounds ?? ROUNDS)) break;
  }
  return summary(bench, rounds, doubts);
}

const [, , name] = process.argv;
const { bench } = (await import(`./${name}.ts`)) as { bench: Bench };
const outcome = await measure(bench).catch((error: unknown): Outcome => {
  if (!(error instanceof Lacking)) throw error;
  return { ...summary({ ...bench, rows: [] }, [], []), skipped: error.message };
});
process.send?.(outcome);
process.disconnect();

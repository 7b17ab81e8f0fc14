import { until } from '../../../project/until.ts';
import { Api } from '../api.ts';
import { expect, say } from '../steps.ts';
import { drained } from './drained.ts';
import { filled } from './manual.ts';
import { expectLived, harm, itemsOf, type Lived, live } from './school.ts';
import { CONTEXTS, type Stage } from './stage.ts';

const EXAMPLE = '2026-11-26T08:30:00Z';

/** From a backup to green tests: what was there at a moment is there again, and what came later is not. */
export async function rehearseRestore(stage: Stage, passHttpTests: () => Promise<void>): Promise<void> {
  const { steps, shell, manual, past, endpoint } = stage;
  const api = new Api(stage.url);
  let lived: Lived | undefined;
  let stranger = '';
  let to = '';
  await steps.step('a school lives up to a moment, and is harmed after it', async () => {
    lived = await live(api);
    to = (await past.keep('prod')).toISOString();
    stranger = await harm(api, endpoint, lived);
    // What is on its way tells of what is undone.
    await drained(endpoint, 'prod');
  });
  const [dry, wet] = [manual.take(/npm run restore.*grades$/), manual.take(/npm run restore.*--yes/)];
  const restore = (command: string) => shell.run(filled(command, { [EXAMPLE]: to, ' grades': '' }));
  await steps.step(
    'the gateway takes what keeps everybody out while a restore is under way, and what lets them in again',
    () => shut(stage),
  );
  await steps.step('a restore without --yes says what it would do, and does nothing', async () => {
    const { back, away } = totals(await restore(dry));
    expect(back > 0 && away > 0, `${back} to put back, ${away} to take away`);
    expect(JSON.stringify(totals(await restore(dry))) === JSON.stringify({ back, away }), 'it did something');
  });
  await steps.step('a restore puts every table back, and is repeated until one finds nothing to do', async () => {
    const started = Date.now();
    const { back, away } = totals(await restore(wet));
    const seconds = ((Date.now() - started) / 1_000).toFixed(1);
    const items = await itemsOf(endpoint, CONTEXTS);
    say(`  ${items} items compared, ${back} put back and ${away} taken away in ${seconds} s`);
    await until(() => isDone(restore(wet)), { within: 60_000, what: 'a restore finds nothing to do' });
  });
  await steps.step('what was there at that moment is there over HTTP, and what came later is not', async () => {
    if (lived) await expectLived(api, lived, stranger);
  });
  await steps.step('the telling part of the HTTP tests passes against what was restored', passHttpTests);
}

/** An emulator hands on all the same; what can be seen is that the gateway takes both commands. */
async function shut({ shell, manual }: Stage): Promise<void> {
  const command = manual.take(/update-stage/);
  const apis = await shell.run(`aws apigateway get-rest-apis --output text --query "items[0].id"`);
  await shell.run(filled(command, { '<id>': apis.trim() }));
  await shell.run(filled(command, { '<id>': apis.trim(), 'value=0': 'value=2000' }));
}

/** Relays and consumers go on, and may have written since: then it is told, and once more is asked for. */
async function isDone(told: Promise<string>): Promise<boolean> {
  const { back, away } = totals(await told);
  if (back + away > 0) say(`  written since, and undone: ${back} put back, ${away} taken away`);
  return back + away === 0;
}

/** What a restore says of all its tables. */
function totals(told: string): { back: number; away: number } {
  const lines = [...told.matchAll(/· (\d+) items .*? · (\d+) /g)];
  expect(lines.length === CONTEXTS.length, `it says of ${lines.length} tables: ${told}`);
  const sum = (i: number) => lines.reduce((all, line) => all + Number(line[i]), 0);
  return { back: sum(1), away: sum(2) };
}

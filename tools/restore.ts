import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { command, Misuse } from '../project/command.ts';
import { readContexts } from '../project/contexts.ts';
import { ofType } from '../project/template.ts';
import { restore } from './restoring.ts';

/** The contexts that have a table. */
const keeping = (): string[] =>
  readContexts()
    .filter(({ resources }) => ofType({ Resources: resources }, 'AWS::DynamoDB::Table').length > 0)
    .map(({ name }) => name);

function chosen(words: readonly string[]): readonly string[] {
  const all = keeping();
  const stranger = words.find((word) => !all.includes(word));
  if (stranger) throw new Misuse(`no context ${stranger} has a table: ${all.join(', ')}`);
  return words.length > 0 ? words : all;
}

/** @throws Misuse unless it is a time with its zone, and over */
function timeOf(text: string): Date {
  const to = new Date(/T.*(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : Number.NaN);
  if (!(to.getTime() < Date.now()))
    throw new Misuse('--to takes a time that is over, with its zone: 2026-11-26T08:30:00Z');
  return to;
}

await command({
  usage: 'npm run restore -- --to <time> [--stage <stage>] [--yes] [context …]',
  about: `
Sets tables back to how they were at a time of the last 35 days, of all contexts or of those that are named. Each table is
restored beside itself, compared, and with --yes made what it was; without, nothing is written, and the tables beside stay
for the run with --yes. Nobody should write meanwhile: docs/deploy.md.`,
  options: {
    to: { type: 'string', value: 'TIME', help: 'when it was right, for example 2026-11-26T08:30:00Z' },
    stage: { type: 'string', default: 'prod', value: 'NAME', help: 'whose tables, in the account of your credentials' },
    yes: { type: 'boolean', help: 'writes, and takes the tables beside away' },
  },
  failure: 'Not restored',
  words: [0, 20],
  async run({ to, stage, yes = false }, words) {
    if (!to) throw new Misuse('--to is missing');
    const wanted = { stage, contexts: chosen(words), to: timeOf(to), apply: yes };
    for (const { table, otherwise, since } of await restore(new DynamoDBClient({}), wanted))
      process.stdout.write(
        `${table} · ${otherwise} items ${yes ? 'put back' : 'to put back'} · ${since} ${yes ? 'taken away' : 'to take away'}\n`,
      );
    if (!yes) process.stdout.write('Nothing was written: --yes does.\n');
  },
});

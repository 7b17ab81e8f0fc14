import { CloudFormationClient, paginateListStacks } from '@aws-sdk/client-cloudformation';
import { clock } from '../../platform/base/clock.ts';
import { command, Misuse } from '../../project/command.ts';
import { messageOf } from '../../project/failure.ts';
import { osls } from '../../project/osls.ts';
import { deleteSecrets } from '../../project/secrets.ts';
import { type Listed, outdated, pullOf, pullsIn, stageOf } from './previews.ts';

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

/** Every stack that is not gone. One that could not be deleted is still there, and is tried again. */
async function stacks(): Promise<Listed[]> {
  const found: Listed[] = [];
  for await (const page of paginateListStacks({ client: new CloudFormationClient() }, {}))
    for (const { StackName = '', StackStatus, CreationTime, LastUpdatedTime } of page.StackSummaries ?? [])
      if (StackStatus !== 'DELETE_COMPLETE')
        found.push({ name: StackName, deployed: (LastUpdatedTime ?? CreationTime ?? new Date(0)).getTime() });
  return found;
}

/** A preview without its stack may still have secrets: they are made before it. */
async function remove(pull: number, there: readonly Listed[]): Promise<void> {
  const stage = stageOf(pull);
  if (there.some(({ name }) => pullOf(name) === pull)) await osls('remove', stage);
  await deleteSecrets(stage);
  say(`Nothing is left of ${stage}.`);
}

/** One that fails does not keep the others. @throws Error that names those that failed */
async function removeAll(pulls: readonly number[], there: readonly Listed[]): Promise<void> {
  const failed: string[] = [];
  for (const pull of pulls)
    await remove(pull, there).catch((error: unknown) => failed.push(`${stageOf(pull)}: ${messageOf(error)}`));
  if (failed.length > 0) throw new Error(failed.join('; '));
}

function daysIn(text: string): number {
  if (!/^\d+$/.test(text)) throw new Misuse(`--days takes a number, not ${text}`);
  return Number(text);
}

await command({
  usage: 'npm run previews:remove -- <number> | --open <numbers>',
  about: `
Removes previews of pull requests: their stacks, files, logs and secrets, in the account of your AWS credentials.
npm run previews:remove -- 123            that of pull request 123
npm run previews:remove -- --open 12,15   all but those of 12 and 15; with '' all`,
  options: {
    open: { type: 'string', value: 'NUMBERS', help: 'the pull requests whose previews may stay' },
    days: { type: 'string', default: '14', value: 'DAYS', help: 'with --open: not if deployed longer ago' },
  },
  failure: 'Not all removed',
  words: [0, 1],
  async run({ open, days }, [pull]) {
    if ((pull === undefined) === (open === undefined)) throw new Misuse('either a number or --open');
    const [named, staying] = [pullsIn(pull ?? ''), { open: pullsIn(open ?? ''), days: daysIn(days) }];
    const there = await stacks();
    await removeAll(pull === undefined ? outdated(there, staying, clock.now()) : named, there);
  },
});

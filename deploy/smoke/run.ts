import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { command, Misuse } from '../../project/command.ts';
import { smoke } from './smoke.ts';

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

/** Where a stage answers, by what its stack says. */
async function addressOf(stage: string): Promise<string> {
  const StackName = `campus-${stage}`;
  const { Stacks } = await new CloudFormationClient().send(new DescribeStacksCommand({ StackName }));
  const endpoint = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'ServiceEndpoint');
  if (!endpoint?.OutputValue) throw new Error(`the stack ${StackName} does not say where it answers`);
  return endpoint.OutputValue;
}

function seconds(text: string): number {
  if (!/^\d+$/.test(text)) throw new Misuse(`--patience takes seconds, not ${text}`);
  return Number(text);
}

await command({
  usage: 'npm run smoke -- <url> | --stage <stage>',
  about: `
Asks a deployment what shows that it is up, whole and shut to strangers. It signs in nowhere and changes nothing.
npm run smoke -- http://localhost:3000   whatever answers there
npm run smoke -- --stage prod            the stage in the account of your AWS credentials`,
  options: {
    stage: { type: 'string', value: 'NAME', help: 'the stage, where no address is given' },
    patience: { type: 'string', default: '60', value: 'SECONDS', help: 'for how long it may take to be everywhere' },
  },
  failure: 'Not tried',
  words: [0, 1],
  async run({ stage, patience }, [url]) {
    if (!url === !stage) throw new Misuse('either an address or a stage');
    const within = 1_000 * seconds(patience);
    const outcomes = await smoke(url ?? (await addressOf(String(stage))), within);
    for (const { promise, fault } of outcomes) say(fault === undefined ? `✓ ${promise}` : `✗ ${promise}: ${fault}`);
    const failed = outcomes.filter(({ fault }) => fault !== undefined).length;
    say(`${outcomes.length - failed} passed, ${failed} failed`);
    process.exitCode = failed > 0 ? 1 : 0;
  },
});

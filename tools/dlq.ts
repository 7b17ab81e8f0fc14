import { SQSClient } from '@aws-sdk/client-sqs';
import { dataFolder, readEndpoints } from '../localstack/data-folder.ts';
import { redrive } from '../platform/events/dead-letters.ts';
import { command, Misuse, reasonOf } from '../project/command.ts';
import { findQueues, listDeadLetters } from './dead-letters.ts';

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

// Poison may hold anything, sequences that command a terminal among it.
const printable = (body: string): string => body.slice(0, 400).replaceAll(/\p{C}/gu, '·');

/** The SQS of a stage: of `local` the embedded one, unless the environment names an emulator; else the environment's. */
function sqsOf(stage: string): SQSClient {
  if (stage !== 'local' || process.env.AWS_ENDPOINT_URL) return new SQSClient({});
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const { sqs } = readEndpoints(dataFolder(process.env));
  return new SQSClient({ endpoint: sqs, region: 'eu-west-3', credentials });
}

async function run(command: 'list' | 'redrive', name: string, stage: string): Promise<void> {
  const sqs = sqsOf(stage);
  const queues = await findQueues(sqs, `campus-${stage}`, name);
  if (command === 'redrive') {
    say(`${await redrive(sqs, queues)} sent again`);
    return;
  }
  const letters = await listDeadLetters(sqs, queues);
  for (const { id, sentAt, body } of letters) say(`${id}  ${sentAt.toISOString()}  ${printable(body)}`);
  say(`${letters.length} in the dead-letter queue`);
}

await command({
  usage: 'npm run dlq -- list|redrive <queue> [--stage <stage>]',
  about: `
npm run dlq -- list StudentEvents                   what the running local Campus gave up on
npm run dlq -- redrive StudentEvents --stage dev    sends it again, in the account of your AWS credentials;
                                                    AWS_ENDPOINT_URL leads to an emulator`,
  options: {
    stage: { type: 'string', default: 'local', value: 'NAME', help: 'whose queue' },
  },
  failure: 'Dead letters',
  words: [2, 2],
  async run({ stage }, [step, name = '']) {
    if (step !== 'list' && step !== 'redrive') throw new Misuse(`there is no ${step}`);
    try {
      await run(step, name, stage);
    } catch (error) {
      throw new Error(`cannot ${step} ${name} of stage ${stage}: ${reasonOf(error)}`);
    }
  },
});

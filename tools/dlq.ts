import { parseArgs } from 'node:util';
import { SQSClient } from '@aws-sdk/client-sqs';
import { readEndpoints } from '../localstack/endpoints.ts';
import { readSettings } from '../localstack/settings.ts';
import { findQueues, listDeadLetters, redriveDeadLetters } from './dead-letters.ts';

const USAGE = `Usage: npm run dlq -- list|redrive <queue> [--stage <stage>]

  npm run dlq -- list StudentEvents                   what the running local Campus gave up on
  npm run dlq -- redrive StudentEvents --stage dev    sends it again, in the account of your AWS credentials;
                                                      AWS_ENDPOINT_URL leads to another cloud
`;

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

// Poison may hold anything, sequences that command a terminal among it.
const printable = (body: string): string => body.slice(0, 400).replaceAll(/\p{C}/gu, '·');

/** The SQS of a stage: `local` is the embedded one, any other what the AWS environment says. */
function sqsOf(stage: string): SQSClient {
  if (stage !== 'local') return new SQSClient({});
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const { sqs } = readEndpoints(readSettings(process.env).dataFolder);
  return new SQSClient({ endpoint: sqs, region: 'eu-west-3', credentials });
}

async function run(command: 'list' | 'redrive', name: string, stage: string): Promise<void> {
  const sqs = sqsOf(stage);
  const queues = await findQueues(sqs, `campus-${stage}`, name);
  if (command === 'redrive') {
    say(`${await redriveDeadLetters(sqs, queues)} sent again`);
    return;
  }
  const letters = await listDeadLetters(sqs, queues);
  for (const { id, sentAt, body } of letters) say(`${id}  ${sentAt.toISOString()}  ${printable(body)}`);
  say(`${letters.length} in the dead-letter queue`);
}

function fail(text: string): void {
  process.stderr.write(text);
  process.exitCode = 1;
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { stage: { type: 'string', default: 'local' } },
});
const [command, name, ...others] = positionals;
if ((command === 'list' || command === 'redrive') && name && others.length === 0)
  await run(command, name, values.stage).catch((error: unknown) =>
    fail(`Cannot ${command} ${name} of stage ${values.stage}: ${error instanceof Error ? error.message : error}\n`),
  );
else fail(USAGE);

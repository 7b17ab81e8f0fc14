import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dataFolder, readEndpoints } from '../localstack/data-folder.ts';
import type { LocalTemplate } from '../localstack/resources/names.ts';
import { command, Misuse } from '../project/command.ts';
import { readContexts } from '../project/contexts.ts';
import { ask } from './ask.ts';
import { seedRunning } from './seed.ts';
import { createAll, dropAll, type Report, reportAll } from './tables.ts';

interface Target {
  /** Undefined for DynamoDB itself. */
  readonly endpoint: string | undefined;
  readonly stage: string;
  /** Whether it is the Campus that runs on this machine. */
  readonly running: boolean;
}

function targetOf(given: { endpoint: string | undefined; aws: boolean | undefined; stage: string }): Target {
  const { stage, aws } = given;
  if (aws) return { endpoint: undefined, stage, running: false };
  const endpoint = given.endpoint || process.env.AWS_ENDPOINT_URL_DYNAMODB || process.env.AWS_ENDPOINT_URL;
  if (endpoint) return { endpoint, stage, running: false };
  return { endpoint: readEndpoints(dataFolder(process.env)).dynamoDb, stage, running: stage === 'local' };
}

const isHere = ({ endpoint }: Target): boolean =>
  endpoint !== undefined && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(endpoint).hostname);

function clientOf(target: Target): DynamoDBClient {
  const { endpoint } = target;
  if (!isHere(target)) return new DynamoDBClient(endpoint ? { endpoint } : {});
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new DynamoDBClient({
    endpoint: endpoint as string,
    region: process.env.AWS_REGION ?? 'eu-west-3',
    credentials,
  });
}

/** The tables that the contexts declare, under the names of a stage. */
function templateOf(stage: string): LocalTemplate {
  const prefix = `campus-${stage}`;
  const Resources = Object.assign({}, ...readContexts(prefix).map(({ resources }) => resources));
  return { Resources, prefix, region: '', sqsEndpoint: '' };
}

const lineOf = ({ name, status, items, key, indexes, ttl }: Report): string =>
  [name, status, `${items} items`, `key ${key}`, `indexes ${indexes || 'none'}`, `ttl ${ttl}`].join(' · ');

/** Asks whoever sits at the terminal; a script says --yes. */
async function mustBeMeant(target: Target, yes: boolean | undefined): Promise<void> {
  const where = target.endpoint ?? 'DynamoDB on AWS';
  if (yes) return;
  if (!process.stdin.isTTY) throw new Misuse(`db:reset deletes all data of ${where}: add --yes to mean it`);
  const answer = await ask(`This deletes all data of stage ${target.stage} at ${where}. Go on? (yes/no) `);
  if (answer !== 'yes') throw new Misuse('nothing was deleted');
}

await command({
  usage: 'npm run db:create | db:describe | db:reset [-- options]',
  about: `
create    makes the tables of every context that are missing
describe  shows them
reset     empties them; a Campus that runs on this machine gets its demo data back and need not be restarted`,
  options: {
    endpoint: {
      type: 'string',
      value: 'URL',
      help: 'the DynamoDB to work on; else AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL, or the running Campus',
    },
    aws: { type: 'boolean', help: 'DynamoDB itself, in the region and with the credentials of the environment' },
    stage: { type: 'string', default: 'local', value: 'NAME', help: 'whose tables: campus-NAME-…' },
    empty: { type: 'boolean', help: 'reset: no demo data' },
    yes: { type: 'boolean', help: 'reset: do not ask' },
  },
  failure: 'The tables are not as they should be',
  words: [1, 1],
  async run({ empty, yes, ...given }, [step = '']) {
    if (!['create', 'describe', 'reset'].includes(step)) throw new Misuse(`there is no ${step}`);
    const target = targetOf(given);
    const template = templateOf(target.stage);
    const client = clientOf(target);
    if (step === 'reset') {
      await mustBeMeant(target, yes);
      await dropAll(template, client);
    }
    if (step !== 'describe') await createAll(template, client);
    if (step === 'reset' && target.running && !empty) await seedRunning(dataFolder(process.env));
    for (const report of await reportAll(template, client)) process.stdout.write(`${lineOf(report)}\n`);
  },
});

import { dataFolder, readEndpoints } from '../localstack/data-folder.ts';
import { shardCounts } from '../platform/data/shard-counts.ts';
import { command, Misuse } from '../project/command.ts';
import { messageOf } from '../project/failure.ts';

const MOST_PER_PAGE = 1000;

function endpointOf(given: string | undefined, aws: boolean | undefined): string | undefined {
  if (aws) return undefined;
  const endpoint = given || process.env.AWS_ENDPOINT_URL_DYNAMODB || process.env.AWS_ENDPOINT_URL;
  return endpoint || readEndpoints(dataFolder(process.env)).dynamoDb;
}

/** The environment in which the stores find their tables; an engine on this machine takes any credentials. */
function environmentFor(endpoint: string | undefined): Record<string, string> {
  if (!endpoint) return {};
  const { AWS_REGION = 'eu-west-3', AWS_ACCESS_KEY_ID = 'local', AWS_SECRET_ACCESS_KEY = 'local' } = process.env;
  return { AWS_ENDPOINT_URL_DYNAMODB: endpoint, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY };
}

function sizeOf(page: string): number {
  const size = Number(page);
  if (!Number.isInteger(size) || size < 1 || size > MOST_PER_PAGE)
    throw new Misuse(`--page takes a whole number from 1 to ${MOST_PER_PAGE}`);
  return size;
}

/** Over how many shards is spread: a stage in use is never taken for one that has a single one. */
function shardsOf(given: string | undefined, aws: boolean | undefined): string {
  const shards = given || process.env.SHARDS;
  if (!shards && aws)
    throw new Misuse('--aws takes --shards too: 1, unless the stage was given another number (SHARDS)');
  try {
    return String(shardCounts(shards, '').written);
  } catch (error) {
    throw new Misuse(messageOf(error));
  }
}

await command({
  usage: 'npm run db:migrate [-- options]',
  about: `
Brings what an older version stored to the format and to where this one looks for it: persons, students, products and
accounts under their names as they are folded now (docs/text.md), students who owe into the list of those who do (docs/contexts/registration.md),
marks into the books of their classes (docs/contexts/grades.md), and what is listed into its shard (docs/scale.md). Run it
once the new version is deployed: until then the old one goes on writing the old way. Items say which format they are in, and
only older ones are looked at, but for --all: after the number of shards was changed, or coming from a version whose items
said nothing. The tables may be in use; it may be broken off, and run as often as you like.`,
  options: {
    'dry-run': { type: 'boolean', help: 'counts what would be changed, and writes nothing' },
    all: { type: 'boolean', help: 'looks at the items that are in the newest format, too' },
    checkpoint: { type: 'string', value: 'FILE', help: 'where a run that was broken off goes on from' },
    page: { type: 'string', default: '200', value: 'N', help: 'items read at a time' },
    endpoint: {
      type: 'string',
      value: 'URL',
      help: 'the DynamoDB to work on; else AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL, or the running Campus',
    },
    aws: { type: 'boolean', help: 'DynamoDB itself, in the region and with the credentials of the environment' },
    shards: {
      type: 'string',
      value: 'N',
      help: 'over how many shards the stage spreads its lists; else SHARDS, else 1',
    },
    stage: { type: 'string', default: 'local', value: 'NAME', help: 'whose tables: campus-NAME-…' },
  },
  failure: 'Not finished',
  words: [0, 0],
  async run({ 'dry-run': dryRun = false, all = false, checkpoint, page, endpoint, aws, shards, stage }) {
    const size = sizeOf(page);
    Object.assign(process.env, { SHARDS: shardsOf(shards, aws), SHARDS_READ: '' });
    Object.assign(process.env, environmentFor(endpointOf(endpoint, aws)));
    // The stores connect as they are loaded.
    const { migrate, TABLES } = await import('./migrating.ts');
    for (const name of TABLES) process.env[name] = `campus-${stage}-${name.replace(/_TABLE$/, '').toLowerCase()}`;
    const tallies = await migrate({ dryRun, all, page: size, ...(checkpoint && { checkpoint }) });
    for (const { table, items, changed } of tallies)
      process.stdout.write(`${table} · ${items} items · ${changed} ${dryRun ? 'to change' : 'changed'}\n`);
  },
});

import { dataFolder, readEndpoints } from '../localstack/data-folder.ts';
import { command, Misuse } from '../project/command.ts';

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

await command({
  usage: 'npm run db:migrate [-- options]',
  about: `
Brings what an older version stored to the format and to where this one looks for it: persons, students, products and accounts under their
names as they are folded now (docs/text.md), students who owe into the list of those who do (docs/contexts/registration.md),
and marks into the books of their classes (docs/contexts/grades.md). Run it once the new version is deployed: until then
the old one goes on writing the old way. Items say which format they are in, and only older ones are looked at, but for
--all: after a setting of shards was changed, or coming from a version whose items said nothing. The tables may be in use; it may be broken off, and run as often as you like.`,
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
    stage: { type: 'string', default: 'local', value: 'NAME', help: 'whose tables: campus-NAME-…' },
  },
  failure: 'Not finished',
  words: [0, 0],
  async run({ 'dry-run': dryRun = false, all = false, checkpoint, page, endpoint, aws, stage }) {
    const size = sizeOf(page);
    Object.assign(process.env, environmentFor(endpointOf(endpoint, aws)));
    // The stores connect as they are loaded.
    const { migrate, TABLES } = await import('./migrating.ts');
    for (const name of TABLES) process.env[name] = `campus-${stage}-${name.replace(/_TABLE$/, '').toLowerCase()}`;
    const tallies = await migrate({ dryRun, all, page: size, ...(checkpoint && { checkpoint }) });
    for (const { table, items, changed } of tallies)
      process.stdout.write(`${table} · ${items} items · ${changed} ${dryRun ? 'to change' : 'changed'}\n`);
  },
});

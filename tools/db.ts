import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readEndpoints } from '../localstack/endpoints.ts';
import type { Place } from '../localstack/resources/names.ts';
import { readSettings } from '../localstack/settings.ts';
import { readContexts } from './contexts.ts';
import { createAll, dropAll, type Report, reportAll } from './tables.ts';

const USAGE = `npm run db:create | db:describe | db:reset [-- options]
  --endpoint URL   the DynamoDB to work on; else AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL, or the running Campus
  --aws            DynamoDB itself, in the region and with the credentials of the environment
  --stage NAME     whose tables: campus-NAME-… (local)
  --yes            db:reset elsewhere than on this machine`;

/** A wrong command line: told in one line, without a stack. */
class Misuse extends Error {}

interface Options {
  readonly endpoint?: string;
  readonly aws?: boolean;
  readonly stage: string;
  readonly yes?: boolean;
}

function endpointOf({ endpoint, aws }: Options): string | undefined {
  if (aws) return undefined;
  const given = endpoint ?? process.env.AWS_ENDPOINT_URL_DYNAMODB ?? process.env.AWS_ENDPOINT_URL;
  return given ?? readEndpoints(readSettings(process.env).dataFolder).dynamoDb;
}

const isHere = (endpoint: string | undefined): boolean =>
  endpoint !== undefined && ['localhost', '127.0.0.1', '[::1]'].includes(new URL(endpoint).hostname);

function clientOf(endpoint: string | undefined): DynamoDBClient {
  if (!isHere(endpoint)) return new DynamoDBClient(endpoint ? { endpoint } : {});
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new DynamoDBClient({
    endpoint: endpoint as string,
    region: process.env.AWS_REGION ?? 'eu-west-3',
    credentials,
  });
}

/** The tables that the contexts declare, under the names of a stage. */
function placeOf(stage: string): Place {
  const prefix = `campus-${stage}`;
  const resources = Object.assign({}, ...readContexts().map((context) => context.resources));
  const named = JSON.parse(JSON.stringify(resources).replaceAll(/\$\{self:custom\.prefix\}/g, prefix));
  return { resources: named, prefix, region: '', sqsEndpoint: '' };
}

const lineOf = ({ name, status, items, key, indexes, ttl }: Report): string =>
  [name, status, `${items} items`, `key ${key}`, `indexes ${indexes || 'none'}`, `ttl ${ttl}`].join(' · ');

async function run(command: string | undefined, options: Options): Promise<void> {
  const endpoint = endpointOf(options);
  const place = placeOf(options.stage);
  const client = clientOf(endpoint);
  if (command === 'reset') {
    if (!isHere(endpoint) && !options.yes) throw new Misuse('db:reset deletes all data: add --yes to mean it.');
    await dropAll(place, client);
  } else if (command !== 'create' && command !== 'describe') throw new Misuse(USAGE);
  if (command !== 'describe') await createAll(place, client);
  for (const report of await reportAll(place, client)) process.stdout.write(`${lineOf(report)}\n`);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    endpoint: { type: 'string' },
    aws: { type: 'boolean' },
    stage: { type: 'string', default: 'local' },
    yes: { type: 'boolean' },
  },
});

await run(positionals[0], values as Options).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Misuse ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

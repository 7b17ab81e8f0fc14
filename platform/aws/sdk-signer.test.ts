import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import { dynamo } from '../data/client.ts';
import { sdkSigner } from './sdk-signer.ts';

interface Sent {
  readonly headers: Record<string, string>;
}

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG', sessionToken: 'a token' };

/** What a client sent for its last call. */
async function sentBy(client: DynamoDBClient, times = 1): Promise<Sent> {
  let sent: unknown;
  client.middlewareStack.add(
    (next) => async (args) => {
      sent = Object(args).request;
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low', name: 'look', override: true },
  );
  const command = new GetItemCommand({ TableName: 'none', Key: { pk: { S: 'a' } } });
  for (let i = 0; i < times; i += 1) await expect(client.send(command)).rejects.toThrow('resource not found');
  return sent as Sent;
}

const dateOf = ({ headers }: Sent): Date =>
  new Date((headers['x-amz-date'] ?? '').replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'));

test('a request is signed as the SDK signs it', async () => {
  const theirs = new DynamoDBClient({ credentials });
  const ours: DynamoDBClient = new DynamoDBClient({ credentials, signer: sdkSigner('dynamodb', () => ours.config) });
  const sent = await sentBy(ours);
  const [, names = ''] = /SignedHeaders=(\S+),/.exec(sent.headers.authorization ?? '') ?? [];
  expect(names).toBe('content-type;host;x-amz-date;x-amz-security-token;x-amz-target;x-amz-user-agent');
  const headers = Object.fromEntries(names.split(';').map((name) => [name, sent.headers[name] ?? '']));
  const signer = await theirs.config.signer();
  const again = await signer.sign({ ...sent, headers } as never, {
    signingDate: dateOf(sent),
    // Theirs adds the hash of the body to the headers, which only S3 asks for.
    unsignableHeaders: new Set(['x-amz-content-sha256']),
  });
  expect(again.headers.authorization).toBe(sent.headers.authorization);
});

test('the client of the tables says neither who wrote it nor signs twice, and has a host', async () => {
  const { headers } = await sentBy(dynamo, 2);
  expect(headers.host).toBe(new URL(process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '').host);
  expect(Object.keys(headers)).toEqual([...new Set(Object.keys(headers).map((name) => name.toLowerCase()))]);
  expect(headers['user-agent']).toBeUndefined();
  expect(headers.authorization).toMatch(`/${process.env.AWS_REGION}/dynamodb/aws4_request, `);
});

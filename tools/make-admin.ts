import { parseArgs } from 'node:util';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const USAGE = 'Usage: npm run admin -- <username> --stage <stage>\n';

/** Makes an account that has signed up an admin: the first one, whom nobody could make one over HTTP. */
async function makeAdmin(username: string, stage: string): Promise<void> {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const key = `USER#${username}`;
  await documents.send(
    new UpdateCommand({
      TableName: `campus-${stage}-auth`,
      Key: { pk: key, sk: 'ACCOUNT' },
      UpdateExpression: 'SET #role = :admin ADD #version :one',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#role': 'role', '#version': 'version' },
      ExpressionAttributeValues: { ':admin': 'admin', ':one': 1 },
    }),
  );
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { stage: { type: 'string', default: 'dev' } },
});
const [username] = positionals;
if (username) {
  await makeAdmin(username, values.stage).then(
    () => process.stdout.write(`${username} is an admin of ${values.stage}.\n`),
    (error: unknown) => {
      const missing = error instanceof ConditionalCheckFailedException;
      process.stderr.write(missing ? `Nobody has signed up as ${username}.\n` : `${error}\n`);
      process.exitCode = 1;
    },
  );
} else {
  process.stderr.write(USAGE);
  process.exitCode = 1;
}

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What the code under test asks of DynamoDB while `work` runs: the commands' names, in order. */
export async function commandsDuring(dynamo: DynamoDBClient, work: () => Promise<unknown>): Promise<string[]> {
  const names: string[] = [];
  dynamo.middlewareStack.add(
    (next, context) => (args) => {
      names.push(String(context.commandName));
      return next(args);
    },
    { step: 'initialize', name: 'recorder', priority: 'high' },
  );
  await work().finally(() => dynamo.middlewareStack.remove('recorder'));
  return names;
}

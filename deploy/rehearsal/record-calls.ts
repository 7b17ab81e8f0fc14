import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import { dynamo } from '../../platform/data/client.ts';
import { sqs } from '../../platform/events/queue.ts';

/** A call that a Lambda made, as IAM sees it. */
export interface Call {
  readonly function: string;
  readonly action: string;
  /** The name of the table, its index after a slash, or of the queue. */
  readonly resource: string;
}

// Bundled into every function when a deployment is rehearsed, and only then; the packaging puts the path in here.
declare const RECORD_CALLS_IN: string;

const known = new Set<string>();

function record(action: string, resource: string): void {
  const call: Call = { function: process.env.AWS_LAMBDA_FUNCTION_NAME ?? '', action, resource };
  const line = `${JSON.stringify(call)}\n`;
  if (known.has(line)) return;
  known.add(line);
  appendFileSync(RECORD_CALLS_IN, line);
}

type Input = Readonly<Record<string, unknown>> & { readonly TableName?: string; readonly IndexName?: string };
type Transaction = { readonly TransactItems?: readonly Readonly<Record<string, Input>>[] };

const TRANSACTION_ACTIONS: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/** A transaction and a batch need no right of their own but those of what they consist of. */
function dynamoDbCalls(command: string, input: Input & Transaction & { RequestItems?: object }): [string, string][] {
  if (input.TransactItems) {
    return input.TransactItems.flatMap((item) =>
      Object.entries(item).map(([kind, { TableName = '' }]): [string, string] => [
        TRANSACTION_ACTIONS[kind] ?? kind,
        TableName,
      ]),
    );
  }
  if (input.RequestItems) return Object.keys(input.RequestItems).map((table) => [command, table]);
  return [[command, [input.TableName, input.IndexName].filter(Boolean).join('/')]];
}

const nameOf = (commandName: unknown): string => String(commandName).replace(/Command$/, '');

dynamo.middlewareStack.add(
  (next, context) => (args) => {
    for (const [action, resource] of dynamoDbCalls(nameOf(context.commandName), args.input as Input)) {
      record(`dynamodb:${action}`, resource);
    }
    return next(args);
  },
  { step: 'initialize', name: 'recordCalls' },
);

sqs.middlewareStack.add(
  (next, context) => (args) => {
    const queue =
      String((args.input as { QueueUrl?: string }).QueueUrl)
        .split('/')
        .at(-1) ?? '';
    record(`sqs:${nameOf(context.commandName).replace(/Batch$/, '')}`, queue);
    return next(args);
  },
  { step: 'initialize', name: 'recordCalls' },
);

subscribe('undici:request:create', (message) => {
  const { headers } = (message as { request: { headers: readonly string[] | string } }).request;
  if (String(headers).includes('AmazonSSM.GetParameter')) record('ssm:GetParameter', '');
});

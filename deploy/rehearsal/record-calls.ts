import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import type { ClientRequest } from 'node:http';

/** A call that a Lambda made, as IAM sees it. */
export interface Call {
  readonly function: string;
  readonly action: string;
  /** The name of the table, its index after a slash, of the queue, or of the parameter. */
  readonly resource: string;
}

// Bundled into every function when a deployment is rehearsed, and only then; the packaging puts the path in here.
declare const RECORD_CALLS_IN: string;

/** The parts of a request to AWS that say what it touches. */
interface Input {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName?: string }>>[];
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly QueueUrl?: string;
  readonly Name?: string;
}

type Right = readonly [action: string, resource: string];

const TRANSACTION_ACTIONS: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/** A transaction needs no right of its own but those of what it consists of. */
function dynamoDb(operation: string, { TableName, IndexName, TransactItems, RequestItems }: Input): Right[] {
  const rights = (TransactItems ?? []).flatMap((item) =>
    Object.entries(item).map(([kind, one]): Right => [TRANSACTION_ACTIONS[kind] ?? kind, one.TableName ?? '']),
  );
  const batch = Object.keys(RequestItems ?? {}).map((table): Right => [operation, table]);
  const single: Right[] = TableName ? [[operation, [TableName, IndexName].filter(Boolean).join('/')]] : [];
  return [...rights, ...batch, ...single].map(([action, resource]) => [`dynamodb:${action}`, resource]);
}

const SERVICES: Readonly<Record<string, (operation: string, input: Input) => Right[]>> = {
  DynamoDB_20120810: dynamoDb,
  AmazonSQS: (operation, { QueueUrl = '' }) => [
    [`sqs:${operation.replace(/Batch$/, '')}`, QueueUrl.split('/').at(-1) ?? ''],
  ],
  AmazonSSM: (operation, { Name = '' }) => [[`ssm:${operation}`, Name]],
};

/** S3 says what it does by method and path. That an object is absent it tells only those who may list its bucket. */
const OBJECT_RIGHTS: Readonly<Record<string, readonly string[]>> = {
  GET: ['s3:GetObject', 's3:ListBucket'],
  HEAD: ['s3:GetObject', 's3:ListBucket'],
  PUT: ['s3:PutObject'],
  DELETE: ['s3:DeleteObject'],
};

/** Of an emulator, where the bucket stands in the path: the bucket, and what its keys begin with. */
function objects({ method, path }: ClientRequest): Right[] {
  const [, bucket = '', prefix = ''] = path.split(/[/?]/);
  return (OBJECT_RIGHTS[method] ?? []).map((action) => [
    action,
    action === 's3:ListBucket' ? bucket : `${bucket}/${prefix}/*`,
  ]);
}

const known = new Set<string>();

function record([action, resource]: Right): void {
  const call: Call = { function: process.env.AWS_LAMBDA_FUNCTION_NAME ?? '', action, resource };
  const line = `${JSON.stringify(call)}\n`;
  if (known.has(line)) return;
  known.add(line);
  appendFileSync(RECORD_CALLS_IN, line);
}

/** Every client of AWS, the SDK's and ours, ends a request with its whole body. */
function watch(request: ClientRequest): void {
  const { end } = request;
  request.end = function recordAndEnd(this: ClientRequest, ...args: unknown[]) {
    const [service = '', operation = ''] = String(request.getHeader('x-amz-target') ?? '').split('.');
    const [body] = args;
    if (String(request.getHeader('authorization')).includes('/s3/aws4_request')) objects(request).forEach(record);
    if (typeof body === 'string' || body instanceof Uint8Array) {
      const rights = SERVICES[service]?.(operation, JSON.parse(Buffer.from(body as string).toString()) as Input);
      for (const right of rights ?? []) record(right);
    }
    return Reflect.apply(end, this, args) as ClientRequest;
  } as ClientRequest['end'];
}

subscribe('http.client.request.created', (message) => watch((message as { request: ClientRequest }).request));

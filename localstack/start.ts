import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { startApp } from './app.ts';
import { recordEndpoints } from './endpoints.ts';
import { type DynamoDbEngine, startDynamoDb } from './engines/dynamodb.ts';
import { requireFreePort } from './engines/ports.ts';
import { hasEnded } from './engines/process.ts';
import { startSqs } from './engines/sqs.ts';
import { messageOf, StartFailure } from './failure.ts';
import { lockFolder } from './lock.ts';
import { prepareSecrets } from './secrets.ts';
import { projectRoot, readSettings, type Settings } from './settings.ts';

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs Campus on this machine until a signal or a failure ends it. */
export async function start(): Promise<void> {
  const stopping = new AbortController();
  for (const signal of stopSignals) process.on(signal, () => stopping.abort());
  if (process.env.npm_lifecycle_event) stopWithParent(stopping);
  const cleanUp = new AsyncDisposableStack();
  let code = 0;
  try {
    await run(cleanUp, stopping.signal);
  } catch (error) {
    if (!stopping.signal.aborted) code = report(error);
  }
  await cleanUp.disposeAsync();
  process.exit(code);
}

/** A npm that is killed outright forwards no signal. */
function stopWithParent(stopping: AbortController): void {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || stopping.abort(), 200).unref();
}

class Stopped extends StartFailure {}

async function run(cleanUp: AsyncDisposableStack, stopping: AbortSignal): Promise<void> {
  const envFile = join(projectRoot, '.env');
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const settings = readSettings(process.env);
  cleanUp.use(lockFolder(settings.dataFolder));
  await requireFreePort(settings.port);
  const dynamoDb = await startDynamoDb(settings.dataFolder);
  cleanUp.defer(() => dynamoDb.stop());
  const sqs = await startSqs(settings.dataFolder);
  cleanUp.defer(() => sqs.stop());
  cleanUp.defer(recordEndpoints(settings.dataFolder, { dynamoDb: dynamoDb.endpoint, sqs: sqs.endpoint }));
  stopping.throwIfAborted();
  const app = startApp(appOptions(settings, dynamoDb, sqs.endpoint));
  cleanUp.defer(() => app.stop());
  const endedEarly = Promise.race([endOf(dynamoDb.child, `DynamoDB (${dynamoDb.name})`), aborted(stopping)]);
  await Promise.race([app.ready(), endedEarly]);
  announce(settings, dynamoDb);
  await Promise.race([endOf(app.child, `the application (last words in ${logFile(settings)})`), endedEarly]);
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}

function report(error: unknown): number {
  say(process.stderr, `Campus ${error instanceof Stopped ? 'stops' : 'cannot start'}: ${describe(error)}`);
  return 1;
}

function logFile({ dataFolder }: Settings): string {
  return join(dataFolder, 'campus.log');
}

function appOptions(settings: Settings, dynamoDb: DynamoDbEngine, sqsEndpoint: string) {
  const { port, dataFolder } = settings;
  const env = {
    CAMPUS_PLUGINS: 'offline',
    CAMPUS_SECRETS_DIR: prepareSecrets(dataFolder),
    CAMPUS_DYNAMODB_PID: String(dynamoDb.child.pid),
    API_URL: `http://127.0.0.1:${port}`,
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint,
    AWS_ENDPOINT_URL_SQS: sqsEndpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'eu-west-3',
    AWS_EC2_METADATA_DISABLED: 'true',
    // What the person has configured for their own AWS account has no say here.
    AWS_CONFIG_FILE: join(dataFolder, 'no-aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(dataFolder, 'no-aws-credentials'),
    SLS_LOG_LEVEL: 'warning',
    SLS_NOTIFICATIONS_MODE: 'off',
    SLS_TELEMETRY_DISABLED: '1',
  };
  return { port, logFile: logFile(settings), env };
}

async function endOf(child: ChildProcess, name: string): Promise<never> {
  if (!hasEnded(child)) await once(child, 'exit');
  throw new Stopped(`${name} ended by itself.`);
}

function announce({ port, dataFolder }: Settings, { name }: DynamoDbEngine): void {
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
  const data = relative(projectRoot, dataFolder);
  say(
    process.stdout,
    `Campus ${version} · DynamoDB by ${name}, SQS by fauxqs · data and log in ${data.startsWith('..') ? dataFolder : data}`,
  );
  say(process.stdout, `Campus is ready at http://localhost:${port}`);
}

function say(stream: NodeJS.WriteStream, line: string): void {
  stream.write(`${line}\n`);
}

function describe(error: unknown): string {
  return error instanceof StartFailure
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : messageOf(error);
}

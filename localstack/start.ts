import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DEMO_ACCOUNTS } from '../functions/auth/demo-accounts.ts';
import { messageOf, StartFailure } from '../project/failure.ts';
import { LOOPBACK } from '../project/ports.ts';
import { hasEnded } from '../project/processes.ts';
import { projectRoot } from '../project/root.ts';
import { newPeerEntrance } from './admission.ts';
import { startApp } from './app.ts';
import { dataFolder, keepPrivate, lockFolder, recordEndpoints } from './data-folder.ts';
import { tellWhenFull, wantOfRoom } from './disk.ts';
import { openDoors } from './doors.ts';
import { type DynamoDbEngine, startDynamoDb } from './engines/dynamodb.ts';
import { startSqs } from './engines/sqs.ts';
import { keepShort } from './log-file.ts';
import { requireHost, requirePorts } from './port.ts';
import { showProgress } from './progress.ts';
import { prepareSecrets } from './secrets.ts';
import { stopSignal } from './stopping.ts';

interface Settings {
  /** The address to listen on. */
  readonly host: string;
  /** Where the API answers; the emulator listens on the first. */
  readonly ports: readonly [number, ...number[]];
  /** Where the data are. */
  readonly folder: string;
}

/** Runs Campus on this machine until a signal or a failure ends it. */
export async function start(): Promise<void> {
  const stopping = stopSignal();
  const cleanUp = new AsyncDisposableStack();
  let code = 0;
  try {
    await run(cleanUp, stopping);
  } catch (error) {
    if (!stopping.aborted) code = report(error);
  }
  await cleanUp.disposeAsync();
  if (code === 0) say(process.stdout, 'Campus stopped.');
  process.exit(code);
}

class Stopped extends StartFailure {}

async function run(cleanUp: AsyncDisposableStack, stopping: AbortSignal): Promise<void> {
  const envFile = join(projectRoot, '.env');
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const folder = dataFolder(process.env);
  try {
    await runOn(folder, cleanUp, stopping);
  } catch (error) {
    const full = stopping.aborted ? undefined : wantOfRoom(error, folder);
    throw full ? new (error instanceof Stopped ? Stopped : StartFailure)(full) : error;
  }
}

async function runOn(folder: string, cleanUp: AsyncDisposableStack, stopping: AbortSignal): Promise<void> {
  keepPrivate(folder);
  cleanUp.use(lockFolder(folder));
  const host = requireHost(process.env);
  const settings = { host, ports: await requirePorts(process.env, host), folder };
  using progress = showProgress(process.stdout, 'Starting the database, the queues and the API …');
  const dynamoDb = await startDynamoDb(folder);
  cleanUp.defer(() => dynamoDb.stop());
  const sqs = await startSqs(folder);
  cleanUp.defer(() => sqs.stop());
  cleanUp.defer(recordEndpoints(folder, { dynamoDb: dynamoDb.endpoint, sqs: sqs.endpoint }));
  stopping.throwIfAborted();
  cleanUp.defer(keepShort(logFile(settings)));
  cleanUp.defer(tellWhenFull(folder, (line) => say(process.stderr, `Campus goes on, but ${line}`)));
  const app = startApp(appOptions(settings, dynamoDb, sqs.endpoint));
  cleanUp.defer(() => app.stop());
  const endedEarly = Promise.race([endOf(dynamoDb.child, `DynamoDB (${dynamoDb.name})`), aborted(stopping)]);
  await Promise.race([app.ready(), endedEarly]);
  cleanUp.defer(await openDoors(settings.ports, host));
  progress.end();
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

function logFile({ folder }: Settings): string {
  return join(folder, 'campus.log');
}

function appOptions(settings: Settings, dynamoDb: DynamoDbEngine, sqsEndpoint: string) {
  const { folder, host } = settings;
  const [port] = settings.ports;
  const env = {
    CAMPUS_PLUGINS: 'offline',
    // What the page at /docs offers to sign in with.
    DEMO_ACCOUNTS: DEMO_ACCOUNTS.map(([username, password]) => `${username}/${password}`).join(' '),
    CAMPUS_SECRETS_DIR: prepareSecrets(folder),
    CAMPUS_MAILBOX: join(folder, 'mailbox'),
    CAMPUS_DYNAMODB_PID: String(dynamoDb.child.pid),
    API_URL: `http://127.0.0.1:${port}${newPeerEntrance()}`,
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint,
    AWS_ENDPOINT_URL_SQS: sqsEndpoint,
    // One program is both.
    AWS_ENDPOINT_URL_S3: sqsEndpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'eu-west-3',
    AWS_EC2_METADATA_DISABLED: 'true',
    // What the person has configured for their own AWS account has no say here.
    AWS_CONFIG_FILE: join(folder, 'no-aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-aws-credentials'),
    SLS_LOG_LEVEL: 'warning',
    SLS_NOTIFICATIONS_MODE: 'off',
    SLS_TELEMETRY_DISABLED: '1',
  };
  return { host, port, logFile: logFile(settings), env };
}

async function endOf(child: ChildProcess, name: string): Promise<never> {
  if (!hasEnded(child)) await once(child, 'exit');
  throw new Stopped(`${name} ended by itself.`);
}

/** Says where everything is; the line that others wait for comes last. */
function announce({ host, ports, folder }: Settings, { name }: DynamoDbEngine): void {
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
  const inside = relative(projectRoot, folder);
  const data = inside.startsWith('..') ? folder : inside;
  const [url = '', ...others] = ports.map((port) => `http://localhost:${port}`);
  const lines = [
    `Campus ${version}`,
    `  pages          ${url}/`,
    `  documentation  ${url}/docs`,
    `  demo accounts  ${DEMO_ACCOUNTS.map(([username, password]) => `${username}/${password}`).join('  ')}`,
    `  data           ${data}, log in ${join(data, 'campus.log')} (DynamoDB by ${name}, SQS and S3 by fauxqs)`,
    `  e-mails        ${join(data, 'mailbox')}`,
    '  begin anew     npm run db:reset',
    '  stop           Ctrl-C',
    ...(host === LOOPBACK ? [] : [`  listens on     every address of this machine (HOST=${host})`]),
    ...(others.length > 0 ? [`  also at        ${others.join('  ')}`] : []),
    `Campus is ready at ${url}`,
  ];
  say(process.stdout, lines.join('\n'));
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

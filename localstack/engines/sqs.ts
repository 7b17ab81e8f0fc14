import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buildApp } from 'fauxqs';
import { messageOf, StartFailure } from '../../project/failure.ts';
import { LOOPBACK } from '../../project/ports.ts';
import { wantOfRoom } from '../disk.ts';
import { mayComeFromPage } from './seclusion.ts';

/** SQS and S3, which answer at one address. */
export interface SqsEngine {
  readonly endpoint: string;
  stop(): Promise<void>;
}

interface Queue {
  persistence?: Persistence;
  readonly inflightMessages: ReadonlyMap<string, unknown>;
  changeVisibility(receiptHandle: string, seconds: number): void;
}

interface SqsStore {
  host?: string | undefined;
  persistence?: Persistence;
  allQueues(): Iterable<Queue>;
}

interface S3Store {
  persistence?: Persistence;
}

interface Persistence {
  load(sqs: SqsStore, sns: object, s3: S3Store): void;
  updateMessageReady(messageId: string): void;
  readonly db: { prepare(sql: string): { run(...values: string[]): void } };
  close(): void;
}

interface OwnStores {
  readonly sqsStore: SqsStore;
  readonly snsStore: object;
  readonly s3Store: S3Store;
}

type Stores = NonNullable<NonNullable<Parameters<typeof buildApp>[0]>['stores']>;

/** The most that S3 is sent at once here; fauxqs by itself takes 11 MiB. */
const MOST_UPLOADED = 64 * 1024 * 1024;

/**
 * Starts SQS and S3 in this process on a free loopback port: on disk in `folder`, in memory without one. Its parts are
 * put together here because fauxqs's own start binds every interface of the machine. Objects stand in the database of
 * the messages: whatever kills the process, one that was stored is whole, and one that was not is not there.
 */
export async function startSqs(folder?: string): Promise<SqsEngine> {
  const { SqsStore } = await part<{ SqsStore: new () => SqsStore }>('sqs/sqsStore.js');
  const { SnsStore } = await part<{ SnsStore: new () => object }>('sns/snsStore.js');
  const { S3Store } = await part<{ S3Store: new () => S3Store }>('s3/s3Store.js');
  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  // Queue URLs then carry the host that asked, an address every client can reach without DNS.
  stores.sqsStore.host = undefined;
  const persistence = folder ? await openPersistence(folder, stores) : undefined;
  const app = buildApp({ logger: false, stores: stores as unknown as Stores });
  app.removeContentTypeParser('*');
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: MOST_UPLOADED },
    async (_: unknown, body: Buffer) => body,
  );
  app.addHook('onRequest', async ({ headers }, reply) => {
    const { port } = app.server.address() as AddressInfo;
    if (mayComeFromPage(headers, { host: LOOPBACK, port })) await reply.code(403).send();
  });
  const endpoint = await app.listen({ port: 0, host: LOOPBACK });
  return {
    endpoint,
    async stop() {
      await app.close();
      persistence?.close();
    },
  };
}

async function openPersistence(folder: string, { sqsStore: sqs, snsStore: sns, s3Store: s3 }: OwnStores) {
  const { PersistenceManager } = await part<{ PersistenceManager: new (folder: string) => Persistence }>(
    'persistence.js',
  );
  const persistence = opened(folder, () => new PersistenceManager(folder));
  // fauxqs 2.4.1 writes NULL into a NOT NULL column here, so that a visibility timeout of 0 answers 500.
  const makeReady = persistence.db.prepare(
    'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
  );
  persistence.updateMessageReady = (messageId) => makeReady.run(messageId);
  opened(folder, () => persistence.load(sqs, sns, s3));
  sqs.persistence = persistence;
  s3.persistence = persistence;
  for (const queue of sqs.allQueues()) {
    queue.persistence = persistence;
    // Whoever had received these is gone with the process before this one.
    for (const receiptHandle of [...queue.inflightMessages.keys()]) queue.changeVisibility(receiptHandle, 0);
  }
  return persistence;
}

/** Opens, or says which file cannot be read. */
function opened<Result>(folder: string, open: () => Result): Result {
  try {
    return open();
  } catch (cause) {
    if (wantOfRoom(cause, folder)) throw cause;
    throw new StartFailure(
      `the queues and files in ${join(folder, 'fauxqs.db')} cannot be read (${messageOf(cause)}); restore the file, or delete it ` +
        'to start without any.',
    );
  }
}

function part<Module>(path: string): Promise<Module> {
  return import(new URL(path, import.meta.resolve('fauxqs')).href) as Promise<Module>;
}

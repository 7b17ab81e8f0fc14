import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buildApp } from 'fauxqs';
import { messageOf, StartFailure } from '../../project/failure.ts';
import { LOOPBACK } from '../../project/ports.ts';
import { wantOfRoom } from '../disk.ts';
import { mayComeFromPage } from './seclusion.ts';

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

interface Persistence {
  loadSqsAndSns(sqs: SqsStore, sns: object): void;
  updateMessageReady(messageId: string): void;
  readonly db: { prepare(sql: string): { run(...values: string[]): void } };
  close(): void;
}

type Stores = NonNullable<NonNullable<Parameters<typeof buildApp>[0]>['stores']>;

/**
 * Starts SQS in this process on a free loopback port: on disk in `folder`, in memory without one. Its parts are put
 * together here because fauxqs's own start binds every interface of the machine.
 */
export async function startSqs(folder?: string): Promise<SqsEngine> {
  const { SqsStore } = await part<{ SqsStore: new () => SqsStore }>('sqs/sqsStore.js');
  const { SnsStore } = await part<{ SnsStore: new () => object }>('sns/snsStore.js');
  const { S3Store } = await part<{ S3Store: new () => object }>('s3/s3Store.js');
  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  // Queue URLs then carry the host that asked, an address every client can reach without DNS.
  stores.sqsStore.host = undefined;
  const persistence = folder ? await openPersistence(folder, stores.sqsStore, stores.snsStore) : undefined;
  const app = buildApp({ logger: false, stores: stores as unknown as Stores });
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

async function openPersistence(folder: string, sqs: SqsStore, sns: object): Promise<Persistence> {
  const { PersistenceManager } = await part<{ PersistenceManager: new (folder: string) => Persistence }>(
    'persistence.js',
  );
  const persistence = opened(folder, () => new PersistenceManager(folder));
  // fauxqs 2.4.1 writes NULL into a NOT NULL column here, so that a visibility timeout of 0 answers 500.
  const makeReady = persistence.db.prepare(
    'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
  );
  persistence.updateMessageReady = (messageId) => makeReady.run(messageId);
  opened(folder, () => persistence.loadSqsAndSns(sqs, sns));
  sqs.persistence = persistence;
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
      `the queues in ${join(folder, 'fauxqs.db')} cannot be read (${messageOf(cause)}); restore the file, or delete it ` +
        'to start with empty queues.',
    );
  }
}

function part<Module>(path: string): Promise<Module> {
  return import(new URL(path, import.meta.resolve('fauxqs')).href) as Promise<Module>;
}

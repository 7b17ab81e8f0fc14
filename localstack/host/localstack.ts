import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Emulator, failed, startEmulator } from '../../project/emulator.ts';
import { StartFailure } from '../../project/failure.ts';
import { tryPort } from '../../project/ports.ts';
import { pythonEnvironment } from '../../project/python.ts';
import { projectRoot } from '../../project/root.ts';
import { startDynamoDb } from '../engines/dynamodb.ts';
import { withoutDocker } from './settings.ts';

/**
 * Installs LocalStack, pinned, into a virtual environment of the project, unless it is there.
 * @returns the folder of its programs
 */
export const installLocalStack = (): Promise<string> =>
  pythonEnvironment({
    name: 'localstack',
    requirements: join(import.meta.dirname, 'localstack.txt'),
    // Its own code asks for 3.13, whatever its package says.
    python: [13, 13],
  });

/** The hooks of a start without Docker: those that its container has too, and those that stand in for the container. */
const HOOKS = ['localstack/init/start.d', 'localstack/host/start.d'];

/**
 * Starts LocalStack empty on a loopback port, without Docker: its Lambdas run on the Node that runs this, and its DynamoDB
 * is the one of `npm start`, in memory.
 * @param shown whether what it logs is printed and not kept
 * @throws StartFailure when the port is taken, or when LocalStack does not come up
 */
export async function startLocalStack(port: number, shown = false): Promise<Emulator> {
  await tryPort(port).catch(() => {
    throw new StartFailure(`port ${port} is already taken; "npm run localstack -- --port ${port + 1}" takes another.`);
  });
  const programs = await installLocalStack();
  const dynamoDb = await startDynamoDb();
  try {
    const emulator = await startEmulator({
      name: 'LocalStack',
      file: join(programs, 'python'),
      args: ['-m', 'localstack.runtime.main'],
      port,
      shown,
      environment: (folder) => ({
        ...withoutDocker(port, folder),
        CAMPUS_NODE: process.execPath,
        CAMPUS_FUNCTION_PROGRAM: join(import.meta.dirname, 'function.mjs'),
        CAMPUS_DYNAMODB_ADDRESS: new URL(dynamoDb.endpoint).host,
      }),
      prepare: layHooks,
    });
    if (!(await hooksRan(emulator.endpoint))) await failed('LocalStack', emulator);
    // Both at once: whoever waits for the end of LocalStack may lose patience, and its database would stay.
    const stop = async () => {
      await Promise.all([emulator.stop(), dynamoDb.stop()]);
    };
    return { ...emulator, stop };
  } catch (error) {
    await dynamoDb.stop();
    throw error;
  }
}

/** Lays the hooks where LocalStack looks for them, below the folder that stands for the root of its container. */
function layHooks(folder: string): void {
  const target = join(folder, 'etc/localstack/init/start.d');
  mkdirSync(target, { recursive: true });
  for (const hooks of HOOKS) cpSync(join(projectRoot, hooks), target, { recursive: true });
}

/** LocalStack goes on after a hook that failed, without what it would have brought. */
async function hooksRan(endpoint: string): Promise<boolean> {
  const said = await fetch(`${endpoint}/_localstack/init`);
  const { scripts } = (await said.json()) as { scripts: readonly { readonly state: string }[] };
  return scripts.length > 0 && scripts.every(({ state }) => state === 'SUCCESSFUL');
}

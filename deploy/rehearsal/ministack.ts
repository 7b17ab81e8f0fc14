import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../project/emulator.ts';
import { LOOPBACK } from '../../project/ports.ts';
import { pythonEnvironment } from '../../project/python.ts';

/**
 * Installs MiniStack, pinned, into a virtual environment of the project, unless it is there.
 * @returns the folder of its programs
 */
export const installMiniStack = (): Promise<string> =>
  pythonEnvironment({
    name: 'ministack',
    requirements: join(import.meta.dirname, 'ministack.txt'),
    python: [11, 14],
  });

/** Starts MiniStack empty on a loopback port. Its Lambdas run on the Node that runs this. */
export async function startMiniStack(port: number): Promise<Emulator> {
  const programs = await installMiniStack();
  return startEmulator({
    name: 'MiniStack',
    file: join(programs, 'ministack'),
    args: [],
    port,
    environment: (folder) => ({
      BIND_HOST: LOOPBACK,
      GATEWAY_PORT: String(port),
      AWS_ENDPOINT_URL: `http://${LOOPBACK}:${port}`,
      IOT_MTLS_ENABLED: '0',
      LAMBDA_EXECUTOR: 'local',
      MINISTACK_REGION: 'eu-west-3',
      AWS_DEFAULT_REGION: 'eu-west-3',
      STATE_DIR: join(folder, 'state'),
      S3_DATA_DIR: join(folder, 's3'),
    }),
  });
}

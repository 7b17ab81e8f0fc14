import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../project/emulator.ts';
import { projectRoot } from '../../project/root.ts';

/** Starts LocalStack empty on a loopback port, by the command that a person would use: `npm run localstack`. */
export const startLocalStack = (port: number): Promise<Emulator> =>
  startEmulator({
    name: 'LocalStack',
    file: process.execPath,
    args: [join(projectRoot, 'localstack/host/run.ts'), '--log', '--port', String(port)],
    port,
    // Where pyenv may keep a Python for it.
    environment: () => ({ HOME: process.env.HOME ?? '' }),
  });

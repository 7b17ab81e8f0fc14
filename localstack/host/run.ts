import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '../../project/command.ts';
import { StartFailure } from '../../project/failure.ts';
import { projectRoot } from '../../project/root.ts';
import { showProgress } from '../progress.ts';
import { stopSignal } from '../stopping.ts';
import { startLocalStack } from './localstack.ts';
import { LOCALSTACK_VERSION } from './settings.ts';

await command({
  usage: 'npm run localstack [-- --port 4566] [--log]',
  about: `
Runs LocalStack ${LOCALSTACK_VERSION} on this machine without Docker, empty, until Ctrl-C; npm run deploy:local then
deploys Campus onto it. Needs Python 3.13 with venv, on Linux or macOS; the first start installs LocalStack
into .venv/localstack (half a GB).`,
  options: {
    port: { type: 'string', default: '4566', value: 'PORT', help: 'where it listens, on 127.0.0.1' },
    log: { type: 'boolean', help: 'prints what LocalStack logs' },
  },
  failure: 'LocalStack cannot run',
  words: [0, 0],
  async run({ port, log }) {
    const stopping = stopSignal();
    const say = (line: string) => process.stdout.write(`${line}\n`);
    if (!existsSync(join(projectRoot, '.venv/localstack'))) say('Installing LocalStack, once …');
    using progress = showProgress(process.stdout, 'Starting LocalStack …');
    const emulator = await startLocalStack(portOf(port), log);
    progress.end();
    say(
      `LocalStack ${LOCALSTACK_VERSION} is ready at ${emulator.endpoint}\n  deploy  npm run deploy:local\n  stop    Ctrl-C`,
    );
    const asked = new Promise<void>((resolve) => {
      if (stopping.aborted) resolve();
      stopping.addEventListener('abort', () => resolve());
    });
    const endedItself = await Promise.race([asked.then(() => false), emulator.ended.then(() => true)]);
    const lastWords = endedItself ? emulator.log().trim().split('\n').at(-1) : undefined;
    await emulator.stop();
    if (endedItself) throw new StartFailure(`it ended by itself: ${lastWords}`);
    say('LocalStack stopped.');
    process.exit(0);
  },
});

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535)
    throw new StartFailure(`--port takes a number from 1 to 65535, not "${text}".`);
  return port;
}

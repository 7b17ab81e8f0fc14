import { DEMO_ACCOUNTS } from '../../functions/auth/demo-accounts.ts';
import { command } from '../../project/command.ts';
import { osls } from '../../project/osls.ts';
import { emulatorEnvironment } from './emulated.ts';
import { emulatorAt } from './recognise.ts';

const STAGE = 'local';
const STACK = `campus-${STAGE}`;
const PATIENCE_MS = 5_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Deploys Campus to an emulator, with secrets and demo data. A second time it updates what is there. */
async function deploy(): Promise<void> {
  const env = await emulatorEnvironment(process.env);
  Object.assign(process.env, env);
  const endpoint = env.AWS_ENDPOINT_URL ?? '';
  const emulator = await emulatorAt(endpoint, PATIENCE_MS);
  env.CAMPUS_EMULATOR_LACKS ??= emulator.lacks;
  say(`Deploying to ${emulator.name} at ${endpoint} …`);
  // Loaded only now: SDK clients read the environment as they are made.
  const [{ createMissingSecrets }, stack] = await Promise.all([
    import('../../project/secrets.ts'),
    import('./stack.ts'),
  ]);
  await createMissingSecrets(STAGE);
  await osls('deploy', 'local', env);
  const resources = await stack.stackResources(STACK);
  Object.assign(process.env, await stack.lambdaEnvironment(resources));
  const { loadDemo } = await import('../demo.ts');
  await loadDemo();
  announce(emulator.name, stack.apiUrl(resources, env.CAMPUS_PUBLIC_ENDPOINT_URL ?? endpoint, STAGE));
}

/** Says where everything is; the line that others wait for comes last. */
function announce(emulator: string, url: string): void {
  const accounts = DEMO_ACCOUNTS.map(([username, password]) => `${username}/${password}`).join('  ');
  say(`Campus on ${emulator}`);
  say(`  documentation  ${url}/docs`);
  say(`  demo accounts  ${accounts}`);
  say('  take it away   npm run remove:local');
  say(`Campus is deployed at ${url}`);
}

await command({
  usage: 'npm run deploy:local',
  about:
    'Deploys Campus to the LocalStack or MiniStack that answers at AWS_ENDPOINT_URL (http://127.0.0.1:4566), with secrets\nand demo data. A second time it updates what is there.',
  options: {},
  failure: 'Campus is not deployed',
  words: [0, 0],
  run: deploy,
});

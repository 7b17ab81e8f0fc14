import { messageOf, StartFailure } from '../failure.ts';
import { emulatorAnswers, emulatorEnvironment } from './emulated.ts';
import { osls } from './osls.ts';

const STAGE = 'local';
const STACK = `campus-${STAGE}`;
const PATIENCE_MS = 60_000;

/** Deploys Campus to an emulator, with secrets and demo data. A second time it updates what is there. */
async function deploy(): Promise<void> {
  const env = await emulatorEnvironment(process.env);
  Object.assign(process.env, env);
  const endpoint = env.AWS_ENDPOINT_URL ?? '';
  await emulatorAnswers(endpoint, PATIENCE_MS);
  // Loaded only now: SDK clients read the environment as they are made.
  const [{ createMissingSecrets }, stack] = await Promise.all([
    import('../../deploy/secrets/parameters.ts'),
    import('./stack.ts'),
  ]);
  await createMissingSecrets(STAGE);
  await osls('deploy', env);
  const resources = await stack.stackResources(STACK);
  Object.assign(process.env, await stack.lambdaEnvironment(resources));
  const { loadDemo } = await import('../demo.ts');
  await loadDemo();
  process.stdout.write(
    `Campus is deployed at ${stack.apiUrl(resources, env.CAMPUS_PUBLIC_ENDPOINT_URL ?? endpoint, STAGE)}\n`,
  );
}

try {
  await deploy();
} catch (error) {
  process.stderr.write(`Campus is not deployed: ${error instanceof StartFailure ? messageOf(error) : error}\n`);
  process.exitCode = 1;
}

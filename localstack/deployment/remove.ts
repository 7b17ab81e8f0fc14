import { messageOf } from '../failure.ts';
import { emulatorAnswers, emulatorEnvironment } from './emulated.ts';
import { osls } from './osls.ts';

try {
  const env = await emulatorEnvironment(process.env);
  await emulatorAnswers(env.AWS_ENDPOINT_URL ?? '', 5_000);
  await osls('remove', env);
  Object.assign(process.env, env);
  const { deleteSecrets } = await import('../../deploy/secrets/parameters.ts');
  await deleteSecrets('local');
} catch (error) {
  process.stderr.write(`Campus is not removed: ${messageOf(error)}\n`);
  process.exitCode = 1;
}

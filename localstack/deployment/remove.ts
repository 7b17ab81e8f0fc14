import { command } from '../../project/command.ts';
import { osls } from '../../project/osls.ts';
import { emulatorEnvironment } from './emulated.ts';
import { emulatorAt } from './recognise.ts';

await command({
  usage: 'npm run remove:local',
  about: 'Removes what npm run deploy:local put on the emulator, with its secrets.',
  options: {},
  failure: 'Campus is not removed',
  words: [0, 0],
  async run() {
    const env = await emulatorEnvironment(process.env);
    const endpoint = env.AWS_ENDPOINT_URL ?? '';
    const { name } = await emulatorAt(endpoint, 5_000);
    process.stdout.write(`Removing Campus from ${name} at ${endpoint} …\n`);
    await osls('remove', 'local', env);
    Object.assign(process.env, env);
    const { deleteSecrets } = await import('../../project/secrets.ts');
    await deleteSecrets('local');
    process.stdout.write('Nothing of Campus is left there.\n');
  },
});

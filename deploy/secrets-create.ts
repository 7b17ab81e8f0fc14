import { command } from '../project/command.ts';
import { createMissingSecrets } from '../project/secrets.ts';

await command({
  usage: 'npm run secrets:create [-- --stage <stage>]',
  about: 'Makes the secrets that a stage lacks in the parameter store, and leaves those that exist.',
  options: { stage: { type: 'string', default: 'dev', value: 'NAME', help: 'whose secrets' } },
  failure: 'No secrets made',
  words: [0, 0],
  async run({ stage }) {
    const made = await createMissingSecrets(stage);
    process.stdout.write(made.length > 0 ? `Made ${made.join(' and ')}.\n` : `Stage ${stage} has its secrets.\n`);
  },
});
